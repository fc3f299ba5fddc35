import type { SlotDays } from '@plumbline/contracts/booking';
import type { ServicePage } from '@plumbline/contracts/matching';
import { maxHours } from '@plumbline/domain/price';
import type { ReactNode } from 'react';
import { Form, Link } from 'react-router';
import { useT } from '../../../lib/i18n.tsx';
import { paths } from '../../../paths.ts';
import { Button, LinkButton } from '../../../ui/Button.tsx';
import { Check, Choice as Question, SelectField } from '../../../ui/Field.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { EmptyState } from '../../../ui/Wait.tsx';
import { choiceQuery, type Choice } from './choice.ts';

interface SlotPickerProps {
  service: ServicePage;
  slots: SlotDays;
  choice: Choice;
  /** First day shown, and those of the weeks before and after; nobody books the past. */
  earlier: string | null;
  later: string;
}

/** A week of free starts. Every start is a link, so the choice has an address. */
export function SlotPicker({ service, slots, choice, earlier, later }: SlotPickerProps): ReactNode {
  const t = useT();
  const weekTo = (from: string): string => paths.book(service.serviceId, { from, ...choiceQuery(choice) });
  const any = slots.days.some((day) => day.slots.length > 0);
  return (
    <div className="grid gap-6">
      <SizeForm service={service} choice={choice} />
      <div className="flex items-center justify-between gap-4">
        <p className="text-14 text-ink-muted">{t('booking.slots.zone', { zone: t.zone(slots.timeZone) })}</p>
        <nav aria-label={t('booking.slots.weeks')} className="flex gap-2">
          {earlier && (
            <LinkButton
              to={weekTo(earlier)}
              tone="quiet"
              size="small"
              aria-label={t('booking.slots.earlier')}
              preventScrollReset
            >
              <Icon name="arrow-start" size={18} className="rtl:-scale-x-100" />
            </LinkButton>
          )}
          <LinkButton
            to={weekTo(later)}
            tone="quiet"
            size="small"
            aria-label={t('booking.slots.later')}
            preventScrollReset
          >
            <Icon name="arrow-end" size={18} className="rtl:-scale-x-100" />
          </LinkButton>
        </nav>
      </div>
      {any ? (
        <ol className="grid gap-px overflow-hidden rounded-card border border-line bg-line">
          {slots.days.map((day) => (
            <SlotDay
              key={day.date}
              day={day}
              zone={slots.timeZone}
              toSlot={(start) => paths.book(service.serviceId, { start, ...choiceQuery(choice) })}
            />
          ))}
        </ol>
      ) : (
        <EmptyState
          drawing="calendar"
          title={t('booking.slots.none.title')}
          action={
            <LinkButton to={weekTo(later)} preventScrollReset>
              {t('booking.slots.none.act')}
            </LinkButton>
          }
        >
          <p>{t('booking.slots.none.text', { provider: service.provider.name })}</p>
        </EmptyState>
      )}
    </div>
  );
}

function SlotDay({
  day,
  zone,
  toSlot,
}: {
  day: SlotDays['days'][number];
  zone: string;
  toSlot: (start: string) => string;
}): ReactNode {
  const t = useT();
  const name = t.day({ at: `${day.date}T12:00:00Z`, zone });
  return (
    <li className="grid gap-x-4 gap-y-2 bg-sheet p-4 sm:grid-cols-[7rem_minmax(0,1fr)]">
      <h2 className="pt-2 text-16">{name}</h2>
      {day.slots.length === 0 ? (
        <p className="pt-2 text-14 text-ink-muted">{t('booking.slots.day_none')}</p>
      ) : (
        <ul className="flex flex-wrap gap-2">
          {day.slots.map(({ start }) => (
            <li key={start.at}>
              <Link
                to={toSlot(start.at)}
                aria-label={t('booking.slots.take', { day: name, time: t.time(start) })}
                className="grid min-h-touch min-w-18 place-items-center rounded-control border border-line-strong px-3 font-medium tabular-nums hover:border-action hover:bg-action-soft hover:text-action"
              >
                {t.time(start)}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** How much of it: hours or a package. A GET form: the free times depend on it. */
function SizeForm({ service, choice }: { service: ServicePage; choice: Choice }): ReactNode {
  const t = useT();
  const hourly = service.price.kind === 'hourly';
  if (!hourly && service.packages.length === 0) return null;
  return (
    <Form
      className="grid gap-4 rounded-card border border-line bg-sheet p-5"
      onChange={(event) => event.currentTarget.requestSubmit()}
      replace
      preventScrollReset
    >
      {service.packages.length > 0 && (
        <Question legend={t('booking.size.package')} name="packageId">
          {service.price.amount && (
            <Check
              type="radio"
              name="packageId"
              value=""
              label={service.title}
              note={t.money(service.price.amount)}
              defaultChecked={!choice.packageId}
            />
          )}
          {service.packages.map((item) => (
            <Check
              key={item.packageId}
              type="radio"
              name="packageId"
              value={item.packageId}
              label={item.name}
              hint={item.description}
              note={t.money(item.amount)}
              defaultChecked={choice.packageId === item.packageId}
            />
          ))}
        </Question>
      )}
      {hourly && choice.hours && (
        <SelectField
          name="hours"
          label={t('booking.size.hours')}
          hint={t('booking.size.hours.hint')}
          defaultValue={String(choice.hours)}
          options={Array.from({ length: maxHours }, (_, index) => ({
            value: String(index + 1),
            label: t('booking.size.hours.n', { n: index + 1 }),
          }))}
          className="max-w-60"
        />
      )}
      <noscript>
        <Button tone="quiet">{t('booking.size.apply')}</Button>
      </noscript>
    </Form>
  );
}
