import { localDate } from '@plumbline/i18n/dates';
import type { ReactNode } from 'react';
import { redirect } from 'react-router';
import { act, type FieldWords } from '../../lib/act.ts';
import { apiContext, pageContext } from '../../lib/context.ts';
import { translatorOf, useT } from '../../lib/i18n.tsx';
import { load } from '../../lib/load.ts';
import { mapModel } from '../../lib/mapModel.ts';
import { marketOf } from '../../lib/market.ts';
import { paths } from '../../paths.ts';
import { Page, PageHead } from '../../ui/Layout.tsx';
import { Title } from '../../ui/Title.tsx';
import type { Route } from './+types/BookPage';
import './messages.ts';
import { choiceQuery, priceOf, readChoice } from './parts/choice.ts';
import { DetailsForm } from './parts/DetailsForm.tsx';
import { BookSteps } from './parts/BookSteps.tsx';
import { placeWords, readPlace } from './parts/place.ts';
import { SlotPicker } from './parts/SlotPicker.tsx';
import { Summary } from './parts/Summary.tsx';

const week = 7;

export function loader({ context, params, request }: Route.LoaderArgs) {
  return load(request, async () => {
    const api = context.get(apiContext);
    const { regionId, now } = context.get(pageContext);
    const search = new URL(request.url).searchParams;
    const at = { regionId, serviceId: params.serviceId };
    const service = await api.matching.service({ params: at });
    if (service.price.kind === 'quote' && service.packages.length === 0)
      throw redirect(paths.askQuote(service.serviceId));
    const choice = readChoice(search, service);
    const start = search.get('start');
    // An address is asked for only from people whom we know: nothing they type is lost on the way through sign-in.
    if (start) await api.identity.me();
    const today = localDate(new Date(now), service.timeZone);
    const from = dayOr(search.get('from'), today);
    const query = {
      from,
      days: week,
      ...(choice.packageId && { packageId: choice.packageId }),
      ...(choice.hours && { hours: choice.hours }),
    };
    const [slots, market] = await Promise.all([api.booking.slots({ params: at, query }), marketOf(context)]);
    return {
      service,
      choice,
      start,
      slots: start ? null : slots,
      minutes: slots.durationMinutes,
      earlier: from > today ? later(from, -week, today) : null,
      later: later(from, week, today),
      price: priceOf(service, choice) ?? null,
      places: market.places.map(({ placeId, label, point }) => ({ placeId, label, point })),
      map: mapModel(market),
      formKey: crypto.randomUUID(),
    };
  });
}

function dayOr(text: string | null, today: string): string {
  return text && /^\d{4}-\d{2}-\d{2}$/.test(text) && text >= today ? text : today;
}

/** Days on the calendar, not hours: the date alone has no zone. Never before today. */
function later(day: string, days: number, today: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  const text = date.toISOString().slice(0, 10);
  return text < today ? today : text;
}

const words: FieldWords = { fields: placeWords };

export function action({ context, params, request }: Route.ActionArgs) {
  const { locale } = context.get(pageContext);
  const t = translatorOf(locale);
  return act(request, t, words, async (form) => {
    const market = await marketOf(context);
    const packageId = form.maybe('packageId');
    const hours = form.maybe('hours');
    const buyer = form.maybe('buyerOrganisationId');
    const paid = await context.get(apiContext).booking.checkout({
      idempotencyKey: form.idempotencyKey,
      body: {
        serviceId: params.serviceId,
        start: form.text('start'),
        ...readPlace(form, market, t),
        ...(packageId && { packageId }),
        ...(hours && { hours: Number(hours) }),
        ...(buyer && { buyerOrganisationId: buyer }),
      },
    });
    return redirect(paid.paymentUrl);
  });
}

export default function BookPage({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const t = useT();
  const { service, choice, start, slots, price } = loaderData;
  const title = t(start ? 'booking.book.details.title' : 'booking.book.time.title');
  const back = start
    ? { to: paths.book(service.serviceId, choiceQuery(choice)), label: t('booking.book.back_time') }
    : { to: paths.service(service.serviceId), label: service.title };
  return (
    <Page>
      <Title>{title}</Title>
      <PageHead title={title} back={back} aside={<BookSteps at={start ? 1 : 0} />} />
      <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_22rem] lg:gap-14">
        <div className="min-w-0 max-lg:order-2">
          {slots ? (
            <SlotPicker
              service={service}
              slots={slots}
              choice={choice}
              earlier={loaderData.earlier}
              later={loaderData.later}
            />
          ) : (
            <DetailsForm {...loaderData} start={start ?? ''} answer={actionData} />
          )}
        </div>
        <Summary service={service} choice={choice} start={start} minutes={loaderData.minutes} price={price} />
      </div>
    </Page>
  );
}
