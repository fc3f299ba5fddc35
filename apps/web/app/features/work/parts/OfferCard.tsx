import type { OfferView } from '@plumbline/contracts/booking';
import type { ReactNode } from 'react';
import type { Failure } from '../../../lib/act.ts';
import { ActionForm } from '../../../lib/Form.tsx';
import { useT } from '../../../lib/i18n.tsx';
import { Button } from '../../../ui/Button.tsx';
import { SelectField, TextField } from '../../../ui/Field.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Card } from '../../../ui/Layout.tsx';
import { Chip } from '../../../ui/Signs.tsx';
import { Money } from '../../../ui/Text.tsx';
import { distanceText } from '../../explore/index.ts';
import { durationText } from '../../service/index.ts';
import { useCountdown } from './useCountdown.ts';

interface OfferCardProps {
  offer: OfferView;
  /** Whom it asks, when that is not the reader. */
  name: string | undefined;
  serverTime: string;
  formKey: string;
  failure: Failure | undefined;
}

const arrivals = ['10', '15', '20', '30', '45', '60', '90', '120'];

/** A call that waits for this reader's yes or no, with the time that is left for it. */
export function OfferCard({ offer, name, serverTime, formKey, failure }: OfferCardProps): ReactNode {
  const t = useT();
  const left = useCountdown(offer.until.at, serverTime);
  const where =
    offer.distanceMetres === null
      ? offer.area
      : t('work.offer.where', { area: offer.area, distance: distanceText(t, offer.distanceMetres) });
  return (
    <Card as="li" className="border-brass-deep!">
      <div className="flex items-start justify-between gap-4">
        <div className="min-w-0">
          <h3 className="text-18">{offer.title}</h3>
          <p className="mt-0.5 flex items-center gap-1.5 text-14 text-ink-muted">
            <Icon name="place" size={16} />
            {where}
          </p>
          <p className="text-14 text-ink-muted">
            {t('work.offer.length', { duration: durationText(t, offer.durationMinutes) })}
          </p>
        </div>
        <p className="shrink-0 text-end">
          <span className="block text-14 text-ink-muted">{t('work.offer.price')}</span>
          <Money amount={offer.price} className="heading text-22" />
        </p>
      </div>
      {name && (
        <p className="mt-2">
          <Chip icon="user">{t('work.offer.for', { name })}</Chip>
        </p>
      )}
      {offer.note && (
        <p className="mt-3 max-w-prose">
          <span className="block text-14 text-ink-muted">{t('work.offer.note')}</span>
          {offer.note}
        </p>
      )}
      <TimeLeft offer={offer} left={left} />
      {left !== 0 && <Answers offer={offer} name={name} formKey={formKey} failure={failure} />}
    </Card>
  );
}

function TimeLeft({ offer, left }: { offer: OfferView; left: number | undefined }): ReactNode {
  const t = useT();
  const whole = Math.max(1, (Date.parse(offer.until.at) - Date.parse(offer.offeredAt.at)) / 1000);
  const share = Math.min(1, (left ?? offer.secondsLeft) / whole);
  return (
    <div className="mt-4">
      <div aria-hidden="true" className="h-1 overflow-hidden rounded-full bg-sunk">
        <div
          className="h-full origin-left bg-brass-deep transition-transform duration-1000 ease-linear rtl:origin-right"
          style={{ transform: `scaleX(${share.toFixed(3)})` }}
        />
      </div>
      <p role="timer" className="mt-1.5 text-14 font-strong text-brass-ink tabular-nums">
        {left === 0
          ? t('work.offer.over')
          : left === undefined
            ? t('work.offer.until', { time: t.moment(offer.until) })
            : t('work.offer.left', { minutes: Math.floor(left / 60), seconds: left % 60 })}
      </p>
    </div>
  );
}

function Answers({ offer, name, formKey, failure }: Omit<OfferCardProps, 'serverTime'>): ReactNode {
  const t = useT();
  const { offerId } = offer;
  const arrival = `arrival-${offerId}`;
  const reason = `reason-${offerId}`;
  return (
    <ActionForm intent={offerId} formKey={formKey} failure={failure} className="mt-4 grid gap-4">
      {({ error, value, busy }) => (
        <>
          {name && (
            <TextField
              name={reason}
              label={t('work.offer.reason', { name })}
              hint={t('work.offer.reason.hint', { name })}
              maxLength={500}
              error={error(reason)}
              defaultValue={value(reason)}
            />
          )}
          <div className="flex flex-wrap items-end gap-3">
            {offer.can.accept && (
              <>
                <SelectField
                  name={arrival}
                  label={t('work.offer.arrival')}
                  options={arrivals.map((n) => ({ value: n, label: t('work.offer.arrival.minutes', { n }) }))}
                  error={error(arrival)}
                  defaultValue={value(arrival, '30')}
                  frameClass="max-sm:w-full sm:w-44"
                />
                <Button name="answer" value="accept" busy={busy && t('work.offer.take.busy')} className="max-sm:flex-1">
                  {t('work.offer.take')}
                </Button>
              </>
            )}
            {offer.can.decline && (
              <Button name="answer" value="decline" tone="quiet" className="max-sm:flex-1">
                {t('work.offer.leave')}
              </Button>
            )}
          </div>
        </>
      )}
    </ActionForm>
  );
}
