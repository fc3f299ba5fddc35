import type { ReactNode } from 'react';
import { redirect } from 'react-router';
import { act, FormFault, problemText } from '../../lib/act.ts';
import { apiContext, pageContext } from '../../lib/context.ts';
import { failureOf } from '../../lib/Form.tsx';
import { translatorOf, useT } from '../../lib/i18n.tsx';
import { useLive } from '../../lib/live.ts';
import { load, unless } from '../../lib/load.ts';
import { paths } from '../../paths.ts';
import { BackLink, Page } from '../../ui/Layout.tsx';
import { StatusBadge } from '../../ui/Signs.tsx';
import { Reference, ZonedSpan } from '../../ui/Text.tsx';
import { Title } from '../../ui/Title.tsx';
import type { Route } from './+types/BookingPage';
import { runQuickAct } from './acts/quick.ts';
import './messages.ts';
import { Details } from './parts/Details.tsx';
import { MoneyCard } from './parts/MoneyCard.tsx';
import { NextCard } from './parts/NextCard.tsx';
import { Story } from './parts/Story.tsx';
import { useArrival } from './parts/useArrival.ts';
import { bookingTone } from './parts/words.ts';

export function loader({ context, params, request }: Route.LoaderArgs) {
  return load(request, async () => {
    const api = context.get(apiContext);
    const { now, liveCursor } = context.get(pageContext);
    const booking = await api.booking.get({ params });
    const orderId = booking.money?.orderId;
    // Whoever only does the work does not see the money.
    const order = orderId
      ? await unless(['access.not_found', 'access.forbidden'], api.payments.order({ params: { orderId } }))
      : undefined;
    return { booking, order: order ?? null, now, liveCursor, formKey: crypto.randomUUID() };
  });
}

export function action({ context, params, request }: Route.ActionArgs) {
  const t = translatorOf(context.get(pageContext).locale);
  return act(request, t, {}, async (form) => {
    const paymentUrl = await runQuickAct(context.get(apiContext), params.bookingId, form);
    if (paymentUrl === undefined) throw new FormFault({ message: problemText(t, 'request.invalid') });
    return redirect(paymentUrl ?? paths.booking(params.bookingId));
  });
}

export default function BookingPage({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const t = useT();
  const { booking, order, now, liveCursor, formKey } = loaderData;
  useLive([`booking:${booking.bookingId}`], liveCursor);
  useArrival(booking.state === 'awaiting_payment');
  const back =
    booking.part === 'customer'
      ? { to: paths.bookings(), label: t('booking.list.title') }
      : { to: paths.work(), label: t('shell.nav.work') };
  return (
    <Page>
      <Title>{`${booking.title}, ${booking.reference}`}</Title>
      <div className="pt-6">
        <BackLink {...back} />
      </div>
      <div className="mb-8 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 tabIndex={-1} className="text-28 md:text-36">
            {booking.title}
          </h1>
          <p className="mt-1.5 text-18">
            {booking.window ? (
              <ZonedSpan
                window={{ from: booking.window.start.at, to: booking.window.end.at, zone: booking.timeZone }}
                now={now}
              />
            ) : (
              t('booking.no_time')
            )}
          </p>
          <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-14 text-ink-muted">
            {booking.provider?.name}
            <Reference>{booking.reference}</Reference>
          </p>
        </div>
        <StatusBadge tone={bookingTone(booking.state)}>{t(`status.booking.${booking.state}`)}</StatusBadge>
      </div>
      <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_24rem] lg:gap-12">
        <div className="grid min-w-0 gap-8">
          <NextCard booking={booking} now={now} formKey={formKey} failure={failureOf(actionData)} />
          {order && (
            <div className="lg:hidden">
              <MoneyCard order={order} booking={booking} now={now} />
            </div>
          )}
          <Details booking={booking} />
          <Story booking={booking} now={now} />
        </div>
        {order && (
          <div className="max-lg:hidden lg:sticky lg:top-28">
            <MoneyCard order={order} booking={booking} now={now} />
          </div>
        )}
      </div>
    </Page>
  );
}
