import type { Visibility as View } from '@plumbline/contracts/matching';
import type { MessageKey } from '@plumbline/i18n';
import type { Translator } from '@plumbline/i18n/translator';
import type { ReactNode } from 'react';
import { Form } from 'react-router';
import { useT } from '../../../lib/i18n.tsx';
import { paths } from '../../../paths.ts';
import { Button, TextLink } from '../../../ui/Button.tsx';
import { SelectField, TextField, type Option } from '../../../ui/Field.tsx';
import { Card } from '../../../ui/Layout.tsx';
import { Banner, StatusBadge } from '../../../ui/Signs.tsx';

type Reason = View['reasons'][number];

export interface Asked {
  q: string;
  place: string;
  date: string;
}

interface VisibilityProps {
  serviceId: string;
  /** Null when the question was not understood. */
  view: View | null;
  asked: Asked;
  places: Option[];
  today: string;
}

/** Why customers see a service or not, for any search that its company likes to try, and what would change it. */
export function Visibility({ serviceId, view, asked, places, today }: VisibilityProps): ReactNode {
  const t = useT();
  const tried = Boolean(asked.q || asked.place || asked.date);
  return (
    <Card>
      <h2 id="visibility" className="text-18">
        {t('studio.visibility.title')}
      </h2>
      <div role="status" className="mt-3 grid gap-3">
        {view ? (
          <Verdict view={view} tried={tried} serviceId={serviceId} />
        ) : (
          <Banner tone="warn" title={t('studio.visibility.error')} />
        )}
      </div>
      <Form
        method="get"
        action={`${paths.ownService(serviceId)}#visibility`}
        preventScrollReset
        className="mt-6 grid gap-4 border-t border-line pt-5"
      >
        <h3 className="text-16">{t('studio.visibility.ask')}</h3>
        <TextField name="q" label={t('studio.visibility.q')} maxLength={200} defaultValue={asked.q} />
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-1">
          <SelectField
            name="place"
            label={t('studio.visibility.place')}
            empty={t('studio.visibility.place.any')}
            options={places}
            defaultValue={asked.place}
          />
          <TextField
            name="date"
            type="date"
            min={today}
            label={t('studio.visibility.date')}
            defaultValue={asked.date}
          />
        </div>
        <Button tone="quiet" className="justify-self-start">
          {t('studio.visibility.submit')}
        </Button>
      </Form>
    </Card>
  );
}

function Verdict({ view, tried, serviceId }: { view: View; tried: boolean; serviceId: string }): ReactNode {
  const t = useT();
  const total = view.total.more ? `${t.number(view.total.n)}+` : t.number(view.total.n);
  const text = !view.shown
    ? t(tried ? 'studio.visibility.hidden.search' : 'studio.visibility.hidden')
    : tried && view.rank !== null
      ? t('studio.visibility.shown', { rank: view.rank, total })
      : t('studio.visibility.shown.plain');
  return (
    <>
      <div>
        <StatusBadge tone={view.shown ? 'good' : 'warn'}>{text}</StatusBadge>
      </div>
      {view.reasons.length > 0 && (
        <ul className="grid gap-3">
          {view.reasons.map((reason) => (
            <li key={reason.code} className="border-s-2 border-brass-deep ps-3">
              {t(`studio.visibility.reason.${reason.code}`, {
                about: t.list(reason.about.map((word) => aboutText(t, word))),
              })}{' '}
              <Remedy reason={reason} serviceId={serviceId} />
              {reason.gains.length > 0 && <Gains gains={reason.gains} />}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Kinds of proof are codes; words and zones are already words. */
function aboutText(t: Translator, about: string): string {
  const key = `studio.document.${about}`;
  return t.has(key) ? t(key) : about;
}

function Gains({ gains }: Pick<Reason, 'gains'>): ReactNode {
  const t = useT();
  const names = gains
    .map(({ part }) => `studio.visibility.gain.${part}`)
    .filter((key): key is MessageKey => t.has(key))
    .slice(0, 3);
  return (
    <div className="mt-1 text-14 text-ink-muted">
      {t('studio.visibility.gains')}
      <ol className="list-decimal ps-5">
        {names.map((name) => (
          <li key={name}>{t(name)}</li>
        ))}
      </ol>
    </div>
  );
}

function Remedy({ reason: { remedy }, serviceId }: { reason: Reason; serviceId: string }): ReactNode {
  const t = useT();
  if (remedy === 'none') return null;
  const text = t(`studio.visibility.remedy.${remedy}`);
  const to = placeOf(remedy, serviceId);
  return to ? <TextLink to={to}>{text}</TextLink> : <span className="text-ink-muted">{text}</span>;
}

/** Where the remedy is at hand; some take time instead of a page. */
function placeOf(remedy: Reason['remedy'], serviceId: string): string | undefined {
  const places: Partial<Record<Reason['remedy'], string>> = {
    verify: paths.studioPart('documents'),
    renew_insurance: paths.document('insurance'),
    add_coverage: paths.studioPart('coverage'),
    set_hours: paths.studioPart('hours'),
    free_time: paths.studioPart('hours'),
    write_profile: paths.studioPart('profile'),
    add_words: paths.ownServicePart(serviceId, 'details'),
    lower_price: paths.ownServicePart(serviceId, 'details'),
    offer_on_demand: paths.ownServicePart(serviceId, 'details'),
  };
  return places[remedy];
}
