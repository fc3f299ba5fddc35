import type { BookingView } from '@plumbline/contracts/booking';
import type { Translator } from '@plumbline/i18n/translator';
import type { ReactNode } from 'react';
import { useT } from '../../../lib/i18n.tsx';
import { Card, Facts, Section, type Fact } from '../../../ui/Layout.tsx';
import { Banner } from '../../../ui/Signs.tsx';
import { Money } from '../../../ui/Text.tsx';

/** What was agreed, where, for whom and by whom; and what the work left behind. */
export function Details({ booking }: { booking: BookingView }): ReactNode {
  const t = useT();
  const { problem } = booking;
  return (
    <>
      {problem && (
        <Banner
          tone={problem.outcome ? 'info' : 'bad'}
          title={t(`booking.problem.${problem.outcome ?? openings[problem.reason]}`)}
        >
          <p className="whitespace-pre-line">
            {problem.text === null ? t('booking.problem.unattended.text') : <bdi>{problem.text}</bdi>}
          </p>
        </Banner>
      )}
      <Section title={t('booking.details.title')}>
        <Card>
          <Facts facts={factsOf(t, booking)} />
        </Card>
      </Section>
      <WorkDone booking={booking} />
    </>
  );
}

const openings = { reported: 'open', unattended: 'unattended' } as const;

function factsOf(t: Translator, booking: BookingView): (Fact | false)[] {
  const lead = booking.assignments.filter(({ state }) => state === 'offered' || state === 'accepted');
  return [
    booking.price !== null && {
      label: t('booking.fact.price'),
      value: (
        <>
          <Money amount={booking.price} className="font-strong" />{' '}
          <span className="text-ink-muted">
            {t(`booking.price_kind.${booking.priceKind}`, { hours: booking.hours ?? 0 })}
          </span>
        </>
      ),
    },
    booking.packageTitle !== null && { label: t('booking.fact.package'), value: booking.packageTitle },
    booking.part !== 'customer' && { label: t('booking.fact.customer'), value: booking.customerName },
    {
      label: t('booking.fact.where'),
      value: <Place booking={booking} />,
    },
    lead.length > 0 && { label: t('booking.fact.team'), value: t.list(lead.map(({ name }) => name)) },
    booking.note !== null && {
      label: t('booking.fact.note'),
      value: <bdi className="whitespace-pre-line">{booking.note}</bdi>,
    },
  ];
}

function Place({ booking: { address, area } }: { booking: BookingView }): ReactNode {
  const t = useT();
  if (!address) {
    return (
      <>
        {area}
        <span className="block text-14 text-ink-muted">{t('booking.fact.where.hidden')}</span>
      </>
    );
  }
  return (
    <address className="not-italic">
      {[address.line1, address.line2, address.town, address.postcode].filter(Boolean).map((line) => (
        <span key={line} className="block">
          <bdi>{line}</bdi>
        </span>
      ))}
    </address>
  );
}

function WorkDone({ booking }: { booking: BookingView }): ReactNode {
  const t = useT();
  if (!booking.completionNote && booking.photos.length === 0) return null;
  return (
    <Section title={t('booking.work.title')}>
      {booking.completionNote && <p className="max-w-prose whitespace-pre-line">{booking.completionNote}</p>}
      {booking.photos.length > 0 && (
        <ul className="mt-4 grid grid-cols-2 gap-3 sm:grid-cols-3">
          {booking.photos.map((photo, index) => {
            const address = `/v1/bookings/${booking.bookingId}/photos/${photo.fileId}`;
            return (
              <li key={photo.fileId}>
                <a href={address}>
                  <img
                    src={address}
                    alt={t('booking.photo.alt', { n: index + 1, who: t(`booking.side.${photo.by}`) })}
                    loading="lazy"
                    className="aspect-4/3 w-full rounded-control border border-line object-cover"
                  />
                </a>
              </li>
            );
          })}
        </ul>
      )}
    </Section>
  );
}
