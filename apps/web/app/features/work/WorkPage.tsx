import type { Api } from '@plumbline/api-client';
import type { BookingSummary, OfferView } from '@plumbline/contracts/booking';
import type { Translator } from '@plumbline/i18n/translator';
import type { ReactNode } from 'react';
import { redirect } from 'react-router';
import { act, FormFault, type Failure, type Form } from '../../lib/act.ts';
import { apiContext, pageContext } from '../../lib/context.ts';
import { failureOf } from '../../lib/Form.tsx';
import { translatorOf, useT } from '../../lib/i18n.tsx';
import { useLive } from '../../lib/live.ts';
import { load, unless } from '../../lib/load.ts';
import { isProblem } from '../../lib/problem.ts';
import { may, useMe } from '../../lib/session.ts';
import { paths } from '../../paths.ts';
import { LinkButton, TextLink } from '../../ui/Button.tsx';
import { Page, PageHead, Section } from '../../ui/Layout.tsx';
import { Pager } from '../../ui/Pager.tsx';
import { Banner } from '../../ui/Signs.tsx';
import { Title } from '../../ui/Title.tsx';
import { EmptyState } from '../../ui/Wait.tsx';
import { BookingRow } from '../booking/index.ts';
import type { Route } from './+types/WorkPage';
import './messages.ts';
import { groupNames, groupsOf, type GroupName } from './parts/groups.ts';
import { OfferCard } from './parts/OfferCard.tsx';

export function loader({ context, request }: Route.LoaderArgs) {
  return load(request, async () => {
    const api = context.get(apiContext);
    const { booking } = api;
    const { now, liveCursor } = context.get(pageContext);
    const cursor = new URL(request.url).searchParams.get('cursor') ?? undefined;
    const [open, over, calls] = await Promise.all([
      booking.list({ query: { view: 'work', group: 'open', limit: 100, ...(cursor && { cursor }) } }),
      booking.list({ query: { view: 'work', group: 'over', limit: 3 } }),
      // Who only looks after the money has no calls to answer.
      unless('access.forbidden', booking.offers()),
    ]);
    return {
      open,
      over: over.items,
      calls: calls && { ...calls, names: await namesOf(api, calls.items) },
      cursor: cursor ?? null,
      now,
      liveCursor,
      formKey: crypto.randomUUID(),
    };
  });
}

/** Whom each call asks, where it is somebody else of the reader's team. */
async function namesOf({ identity, calendar }: Api, offers: readonly OfferView[]): Promise<Record<string, string>> {
  if (offers.length === 0) return {};
  const me = await identity.me();
  const teams = [...new Set(offers.map(({ organisationId }) => organisationId))];
  const found = await Promise.all(
    teams.map((organisationId) => unless('access.forbidden', calendar.resources({ params: { organisationId } }))),
  );
  const others = found.flatMap((team) => team?.items ?? []).filter(({ resourceId }) => resourceId !== me.personId);
  return Object.fromEntries(others.map(({ resourceId, name }) => [resourceId, name]));
}

export function action({ context, request }: Route.ActionArgs) {
  const t = translatorOf(context.get(pageContext).locale);
  const api = context.get(apiContext);
  return act(request, t, {}, async (form) => {
    try {
      return await answer(api, form, t);
    } catch (error) {
      if (!isProblem(error) || error.code !== 'booking.reason_missing') throw error;
      throw new FormFault({ field: `reason-${form.intent}`, message: t('work.error.reason') });
    }
  });
}

/** Every offer of the page has its own form: its fields carry the offer's id. */
async function answer({ booking }: Api, form: Form, t: Translator): Promise<Response> {
  const params = { offerId: form.intent };
  const reason = form.maybe(`reason-${form.intent}`);
  const because = reason ? { reason } : {};
  if (form.text('answer') === 'decline') {
    await booking.declineOffer({ params, body: because });
    return redirect(paths.work());
  }
  const arrival = `arrival-${form.intent}`;
  const arrivalMinutes = Number(form.text(arrival));
  if (!arrivalMinutes) throw new FormFault({ field: arrival, message: t('work.error.arrival') });
  const body = { arrivalMinutes, ...because };
  const taken = await booking.acceptOffer({ params, body, idempotencyKey: form.idempotencyKey });
  return redirect(paths.booking(taken.bookingId));
}

export default function WorkPage({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const t = useT();
  const me = useMe();
  const { open, over, calls, cursor, now, liveCursor, formKey } = loaderData;
  const companies = (me?.memberships ?? []).filter(({ kind }) => kind === 'provider');
  useLive(
    [...(me ? [`person:${me.personId}`] : []), ...companies.map((one) => `organisation:${one.organisationId}`)],
    liveCursor,
  );
  const groups = groupsOf(open.items, now);
  const nothing = open.items.length + over.length + (calls?.items.length ?? 0) === 0;
  return (
    <Page width="list">
      <Title>{t('work.title')}</Title>
      <PageHead
        title={t('work.title')}
        lead={t('work.lead')}
        action={
          <LinkButton to={paths.workCalendar()} tone="quiet">
            {t('work.calendar')}
          </LinkButton>
        }
      />
      {calls && <Calls calls={calls} formKey={formKey} failure={failureOf(actionData)} />}
      {nothing ? <Nothing /> : <Queue groups={groups} over={over} now={now} />}
      <Pager next={open.next && paths.work({ cursor: open.next })} first={cursor ? paths.work() : undefined} />
    </Page>
  );
}

interface CallsProps {
  calls: { items: OfferView[]; serverTime: string; names: Record<string, string> };
  formKey: string;
  failure: Failure | undefined;
}

function Calls({ calls: { items, serverTime, names }, formKey, failure }: CallsProps): ReactNode {
  const t = useT();
  const offers = items.filter(({ can }) => can.accept || can.decline);
  // The call that was answered is gone: nobody else says what became of the answer.
  const lost = failure && !offers.some(({ offerId }) => offerId === failure.intent);
  return (
    <>
      {lost && (
        <div className="mb-6">
          <Banner tone="warn" title={failure.faults.map(({ message }) => message).join(' ')} />
        </div>
      )}
      {offers.length > 0 && (
        <Section title={t('work.offers')} lead={t('work.offers.lead')} className="mb-10">
          <ol className="grid gap-4">
            {offers.map((offer) => (
              <OfferCard
                key={offer.offerId}
                offer={offer}
                name={names[offer.resourceId]}
                serverTime={serverTime}
                formKey={formKey}
                failure={failure}
              />
            ))}
          </ol>
        </Section>
      )}
    </>
  );
}

function Queue({
  groups,
  over,
  now,
}: {
  groups: Record<GroupName, BookingSummary[]>;
  over: BookingSummary[];
  now: string;
}): ReactNode {
  const t = useT();
  return (
    <div className="grid gap-10">
      {groupNames.map((name) => (
        <Group key={name} name={name} bookings={groups[name]} now={now} />
      ))}
      {over.length > 0 && (
        <Section title={t('work.group.over')} more={<TextLink to={paths.workOver()}>{t('work.over.all')}</TextLink>}>
          <Rows bookings={over} now={now} />
        </Section>
      )}
    </div>
  );
}

function Group({ name, bookings, now }: { name: GroupName; bookings: BookingSummary[]; now: string }): ReactNode {
  const t = useT();
  const lead = name === 'answer' || name === 'done' ? t(`work.group.${name}.lead`) : undefined;
  if (bookings.length === 0) {
    // A free day is worth a word; other empty groups are not.
    return name === 'today' ? (
      <Section title={t('work.group.today')}>
        <p className="text-ink-muted">{t('work.today.none')}</p>
      </Section>
    ) : null;
  }
  return (
    <Section
      title={t(`work.group.${name}`)}
      lead={lead}
      more={<span className="text-14 text-ink-muted tabular-nums">{t.number(bookings.length)}</span>}
    >
      <Rows bookings={bookings} now={now} />
    </Section>
  );
}

function Rows({ bookings, now }: { bookings: BookingSummary[]; now: string }): ReactNode {
  return (
    <ol className="grid gap-3">
      {bookings.map((booking) => (
        <li key={booking.bookingId}>
          <BookingRow booking={booking} now={now} level="h3" />
        </li>
      ))}
    </ol>
  );
}

function Nothing(): ReactNode {
  const t = useT();
  const me = useMe();
  const edits = may(me, 'catalogue:edit');
  return (
    <EmptyState
      drawing="work"
      title={t('work.empty')}
      action={
        <LinkButton to={edits ? paths.studio() : paths.studioPart('hours')}>
          {t(edits ? 'work.empty.studio' : 'work.empty.hours')}
        </LinkButton>
      }
    >
      <p>{t(edits ? 'work.empty.text' : 'work.empty.member')}</p>
    </EmptyState>
  );
}
