import type { BookingView, TimelineEntry } from '@plumbline/contracts/booking';
import type { Translator } from '@plumbline/i18n/translator';
import type { ReactNode } from 'react';
import { useT } from '../../../lib/i18n.tsx';
import { Section } from '../../../ui/Layout.tsx';
import { Timeline } from '../../../ui/Rail.tsx';
import { ZonedTime } from '../../../ui/Text.tsx';

const bad: readonly TimelineEntry['kind'][] = [
  'payment_expired',
  'request_expired',
  'declined',
  'nobody_free',
  'charge_failed',
  'cancelled',
  'no_show',
  'problem_reported',
  'unattended',
];

/** What happened, oldest first: who did what and when, on the clock of the job. */
export function Story({ booking, now }: { booking: BookingView; now: string }): ReactNode {
  const t = useT();
  const last = booking.timeline.length - 1;
  return (
    <Section title={t('booking.story.title')}>
      <Timeline
        label={t('booking.story.title')}
        items={booking.timeline.map((entry, index) => ({
          key: `${entry.kind} ${entry.at.at} ${index}`,
          title: titleOf(t, entry, booking),
          at: <ZonedTime moment={entry.at} now={now} zone={index === 0} />,
          detail: <EntryDetail entry={entry} booking={booking} now={now} />,
          state: bad.includes(entry.kind) ? 'stopped' : index === last && booking.next ? 'now' : 'done',
        }))}
      />
    </Section>
  );
}

function titleOf(t: Translator, entry: TimelineEntry, booking: BookingView): string {
  const sides = {
    customer: booking.customerName,
    provider: booking.provider?.name ?? t('booking.who.crews'),
    platform: t('booking.who.platform'),
  };
  return t(`booking.story.${entry.kind}`, {
    who: entry.byName ?? sides[entry.by],
    money: entry.amount ? t.money(entry.amount) : 'none',
    provider: sides.provider,
  });
}

function EntryDetail({ entry, booking, now }: { entry: TimelineEntry; booking: BookingView; now: string }): ReactNode {
  const t = useT();
  const lines = [
    entry.window && t.window({ from: entry.window.start.at, to: entry.window.end.at, zone: booking.timeZone }, { now }),
    entry.note,
    entry.reason,
  ].filter(Boolean);
  return lines.map((line) => (
    <p key={line} className="whitespace-pre-line text-ink-muted">
      {line}
    </p>
  ));
}
