import type { ReactNode } from 'react';
import { useT } from '../../../lib/i18n.tsx';
import { cx } from '../../../ui/cx.ts';
import { Monogram } from '../../../ui/Monogram.tsx';
import { Claim, type ClaimForm } from './Claim.tsx';
import { dayOf, type DayOfRow, type TeamRow } from './team.ts';

interface TeamWeekProps {
  rows: TeamRow[];
  days: string[];
  zone: string;
  today: string;
  form: ClaimForm;
}

/** A local date has no moment; noon stands for it wherever a moment is wanted. */
const noon = (day: string): { at: string; zone: string } => ({ at: `${day}T12:00:00Z`, zone: 'UTC' });

/** The team's week as a board: a row for each person, a column for each day. */
export function TeamWeek({ rows, days, zone, today, form }: TeamWeekProps): ReactNode {
  const t = useT();
  return (
    <div className="overflow-hidden rounded-card border border-line bg-sheet max-lg:hidden">
      <table className="w-full table-fixed border-collapse">
        <caption className="sr-only">{t('work.calendar.title')}</caption>
        <thead>
          <tr className="border-b border-line">
            <th scope="col" className="w-32 px-3 py-3 text-start text-14 font-medium text-ink-muted">
              {t('work.calendar.person')}
            </th>
            {days.map((day) => (
              <th
                key={day}
                scope="col"
                aria-current={day === today ? 'date' : undefined}
                className={cx(
                  'border-s border-line px-2 py-3 text-start text-14',
                  day === today ? 'bg-brass-soft font-strong text-brass-ink' : 'font-medium',
                  day < today && 'text-ink-muted',
                )}
              >
                {t.day(noon(day))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.resourceId} className="border-b border-line last:border-0">
              <th scope="row" className="px-3 py-3 text-start align-top text-14 font-strong">
                <span className="flex items-start gap-2">
                  <Monogram name={row.name} seed={row.resourceId} size="small" />
                  <span className="min-w-0 pt-1">{row.name}</span>
                </span>
              </th>
              {days.map((day) => (
                <DayCell key={day} of={dayOf(row, day, zone)} past={day < today} form={form} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function DayCell({
  of: { row, claims, hours },
  past,
  form,
}: {
  of: DayOfRow;
  past: boolean;
  form: ClaimForm;
}): ReactNode {
  const shut = hours.length === 0;
  return (
    <td className={cx('h-28 border-s border-line px-1.5 py-2 align-top', (shut || past) && 'bg-paper')}>
      <OpenHours hasHours={row.hasHours} hours={hours} />
      <div className="mt-1.5 grid gap-1.5">
        {claims.map((claim) => (
          <Claim key={claim.claimId} claim={claim} form={form} />
        ))}
      </div>
    </td>
  );
}

function OpenHours({ hasHours, hours }: { hasHours: boolean; hours: { from: string; to: string }[] }): ReactNode {
  const t = useT();
  if (hours.length === 0) {
    return <p className="text-12 text-ink-muted">{t(hasHours ? 'work.calendar.closed' : 'work.calendar.no_hours')}</p>;
  }
  return (
    <p className="text-12 text-ink-muted tabular-nums">
      {hours.map(({ from, to }) => t('work.calendar.open', { from, to })).join(', ')}
    </p>
  );
}

/** The same week for narrow windows: day after day, what is booked, for whom it stands beside it. */
export function Agenda({ rows, days, zone, today, form }: TeamWeekProps): ReactNode {
  const t = useT();
  return (
    <ol className="grid gap-6 lg:hidden" aria-label={t('work.calendar.on')}>
      {days.map((day) => {
        const taken = rows
          .flatMap((row) => dayOf(row, day, zone).claims.map((claim) => ({ claim, name: row.name })))
          .toSorted((one, other) => one.claim.from.at.localeCompare(other.claim.from.at));
        return (
          <li key={day}>
            <h2
              className={cx(
                'flex items-baseline gap-2 border-b border-line pb-1.5 text-16',
                day < today && 'text-ink-muted',
              )}
            >
              {t.day(noon(day), { long: true })}
              {day === today && (
                <span className="rounded-full bg-brass-soft px-2 text-14 font-medium text-brass-ink">
                  {t('work.calendar.today')}
                </span>
              )}
            </h2>
            {taken.length === 0 ? (
              <p className="mt-2 text-14 text-ink-muted">{t('work.calendar.nothing')}</p>
            ) : (
              <div className="mt-2 grid gap-2">
                {taken.map(({ claim, name }) => (
                  <Claim key={claim.claimId} claim={claim} {...(rows.length > 1 && { name })} form={form} />
                ))}
              </div>
            )}
          </li>
        );
      })}
    </ol>
  );
}
