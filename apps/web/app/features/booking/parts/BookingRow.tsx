import type { BookingSummary } from '@plumbline/contracts/booking';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useT } from '../../../lib/i18n.tsx';
import { paths } from '../../../paths.ts';
import { MiniRail } from '../../../ui/Rail.tsx';
import { StatusBadge } from '../../../ui/Signs.tsx';
import { Money, ZonedSpan, ZonedTime } from '../../../ui/Text.tsx';
import { bookingTone, isMyTurn, nextText, railPlace, whoActs } from './words.ts';

interface BookingRowProps {
  booking: BookingSummary;
  now?: string;
  level?: 'h2' | 'h3';
}

/** One booking in a list: what, when, with whom, where the money is, and whose turn it is. */
export function BookingRow({ booking, now, level: Heading = 'h2' }: BookingRowProps): ReactNode {
  const t = useT();
  const rail = railPlace(booking.state);
  const other = booking.part === 'customer' ? booking.provider?.name : `${booking.customerName}, ${booking.area}`;
  return (
    <article className="relative grid gap-x-6 gap-y-2 rounded-card border border-line bg-sheet p-4 hover:border-line-strong sm:grid-cols-[minmax(0,1fr)_auto] sm:p-5">
      <div className="min-w-0">
        <p className="text-14 font-medium">
          {booking.window ? (
            <ZonedSpan
              window={{ from: booking.window.start.at, to: booking.window.end.at, zone: booking.timeZone }}
              now={now}
            />
          ) : (
            t('booking.no_time')
          )}
        </p>
        <Heading className="mt-0.5 text-18">
          <Link
            to={paths.booking(booking.bookingId)}
            prefetch="intent"
            className="before:absolute before:inset-0 before:rounded-card hover:underline hover:underline-offset-4"
          >
            {booking.title}
          </Link>
        </Heading>
        {other && <p className="text-14 text-ink-muted">{other}</p>}
      </div>
      <div className="flex items-center gap-4 sm:flex-col sm:items-end sm:gap-2">
        <StatusBadge tone={bookingTone(booking.state)}>{t(`status.booking.${booking.state}`)}</StatusBadge>
        {booking.price && <Money amount={booking.price} className="heading text-16" />}
      </div>
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2 border-t border-line pt-3 sm:col-span-2">
        <p className="min-w-0 text-14">
          {booking.next && (
            <>
              <span className={isMyTurn(booking) ? 'font-strong text-brass-ink' : 'font-strong'}>
                {whoActs(t, booking)}
              </span>{' '}
              {nextText(t, booking)}
              {booking.next.by && (
                <span className="text-ink-muted">
                  {' '}
                  {t(booking.next.act === 'start' ? 'booking.on' : 'booking.by')}{' '}
                  <ZonedTime moment={booking.next.by} zone={false} now={now} />
                </span>
              )}
            </>
          )}
        </p>
        <MiniRail steps={5} {...rail} label={t('booking.rail.step', { step: rail.at + 1 })} />
      </div>
    </article>
  );
}
