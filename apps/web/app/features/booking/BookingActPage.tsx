import type { BookingView } from '@plumbline/contracts/booking';
import type { Api } from '@plumbline/api-client';
import { localDate } from '@plumbline/i18n/dates';
import type { ReactNode } from 'react';
import { redirect } from 'react-router';
import { act } from '../../lib/act.ts';
import { apiContext, pageContext } from '../../lib/context.ts';
import { ActionForm, failureOf } from '../../lib/Form.tsx';
import { translatorOf, useT } from '../../lib/i18n.tsx';
import { load, notFound, unless } from '../../lib/load.ts';
import { paths } from '../../paths.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { ActionBar, Page, PageHead } from '../../ui/Layout.tsx';
import { Title } from '../../ui/Title.tsx';
import { EmptyState } from '../../ui/Wait.tsx';
import type { Route } from './+types/BookingActPage';
import { ActFields } from './acts/ActFields.tsx';
import { actPages, isActPage, type ActPage } from './acts/names.ts';
import { actWords, runners } from './acts/run.ts';
import './messages.ts';

const ahead = 14;

export function loader({ context, params, request }: Route.LoaderArgs) {
  return load(request, async () => {
    if (!isActPage(params.act)) notFound();
    const page = params.act;
    const api = context.get(apiContext);
    const { regionId, now } = context.get(pageContext);
    const booking = await api.booking.get({ params: { bookingId: params.bookingId } });
    const allowed = booking.can[actPages[page]];
    return {
      page,
      booking,
      allowed,
      fee:
        allowed && page === 'cancellation'
          ? await api.booking.cancellationQuote({ params: { bookingId: params.bookingId } })
          : null,
      slots: allowed && (page === 'time' || page === 'quote') ? await slotsFor(api, booking, regionId, now) : null,
      people: allowed && page === 'team' ? await peopleFor(api, booking) : null,
      formKey: crypto.randomUUID(),
    };
  });
}

/** Free starts of the booked service, as a list to choose from. */
async function slotsFor(api: Api, booking: BookingView, regionId: string, now: string) {
  if (!booking.serviceId) return [];
  const from = localDate(new Date(now), booking.timeZone);
  const query = { from, days: ahead, ...(booking.hours && { hours: booking.hours }) };
  const found = await unless(
    ['access.not_found', 'booking.hours_invalid'],
    api.booking.slots({ params: { regionId, serviceId: booking.serviceId }, query }),
  );
  return (found?.days ?? []).flatMap((day) => day.slots.map((slot) => slot.start));
}

async function peopleFor(api: Api, { provider }: BookingView) {
  if (!provider) return [];
  const { items } = await api.identity.members({ params: { organisationId: provider.organisationId } });
  return items.map(({ personId, name }) => ({ personId, name }));
}

export function action({ context, params, request }: Route.ActionArgs) {
  const t = translatorOf(context.get(pageContext).locale);
  return act(request, t, actWords, async (form) => {
    if (!isActPage(params.act)) notFound();
    const version = Number(form.text('version')) || undefined;
    await runners[params.act]({
      api: context.get(apiContext),
      params: { bookingId: params.bookingId },
      form,
      t,
      seen: version ? { version } : {},
    });
    return redirect(paths.booking(params.bookingId));
  });
}

export default function BookingActPage({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const t = useT();
  const { page, booking, allowed } = loaderData;
  const home = paths.booking(booking.bookingId);
  const other = booking.part === 'customer' ? (booking.provider?.name ?? '') : booking.customerName;
  return (
    <Page width="form">
      <Title>{t(`booking.acts.${page}.title`)}</Title>
      <PageHead
        title={t(`booking.acts.${page}.title`)}
        lead={t(`booking.acts.${page}.lead`, { other })}
        back={{ to: home, label: `${booking.title}, ${booking.reference}` }}
      />
      {allowed ? (
        <ActForm {...loaderData} answer={actionData} />
      ) : (
        <EmptyState
          drawing="work"
          title={t('booking.acts.not_now')}
          action={<LinkButton to={home}>{t('booking.acts.back')}</LinkButton>}
        >
          <p>{t('booking.acts.not_now.text')}</p>
        </EmptyState>
      )}
    </Page>
  );
}

type ActFormProps = Pick<
  Route.ComponentProps['loaderData'],
  'page' | 'booking' | 'fee' | 'slots' | 'people' | 'formKey'
> & { answer: unknown };

const dangerous: readonly ActPage[] = ['cancellation', 'refusal'];

function ActForm({ page, booking, fee, slots, people, formKey, answer }: ActFormProps): ReactNode {
  const t = useT();
  return (
    <ActionForm
      intent={page}
      formKey={formKey}
      failure={failureOf(answer)}
      encType={page === 'completion' || page === 'problem' ? 'multipart/form-data' : undefined}
    >
      {(form) => (
        <div className="grid gap-6">
          <input type="hidden" name="version" value={booking.version} />
          <input type="hidden" name="currency" value={booking.price?.currency ?? fee?.fee.currency ?? ''} />
          <ActFields page={page} booking={booking} fee={fee} slots={slots} people={people} form={form} />
          <ActionBar>
            <div className="flex w-full flex-wrap items-center gap-x-5 gap-y-3">
              <Button
                size="large"
                tone={dangerous.includes(page) ? 'danger' : 'action'}
                busy={form.busy && t('booking.busy')}
                className="max-sm:w-full"
              >
                {t(`booking.acts.${page}.submit`, { money: fee ? t.money(fee.refund) : '' })}
              </Button>
              <LinkButton to={paths.booking(booking.bookingId)} tone="plain" className="max-sm:w-full">
                {t('booking.acts.back')}
              </LinkButton>
            </div>
          </ActionBar>
        </div>
      )}
    </ActionForm>
  );
}
