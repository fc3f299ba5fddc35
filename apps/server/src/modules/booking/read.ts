import { mayAsStaff, mayInOrganisation, type Permission } from '@plumbline/domain/access';
import { bookingStates, isEnded, type BookingState } from '@plumbline/domain/booking';
import { mayReportAbsence } from '@plumbline/domain/cancellation';
import { personOf, type Ctx, type PersonActor } from '../../platform/ctx.ts';
import { refuse } from '../../platform/errors.ts';
import * as payments from '../payments/index.ts';
import * as zones from '../zones/index.ts';
import * as policy from './policy.ts';
import { alternativesFor, type AlternativeTime } from './sale/slots.ts';
import * as store from './store.ts';
import type { BookingRow } from './tables.ts';

/** All that the page of a booking tells one reader. */
export interface BookingPage {
  booking: BookingRow;
  view: policy.View;
  story: store.StoryRow;
  money: payments.OrderFacts | undefined;
  alternatives: AlternativeTime[];
  /** The start is long enough ago to say that the other side is not there. */
  absence: boolean;
}

/** The page of a booking. Refuses `access.not_found` to whoever may not see it. */
export async function pageOf(ctx: Ctx, bookingId: string): Promise<BookingPage> {
  const found = (await store.page.first(ctx, ctx.regionId, bookingId)) ?? refuse('access.not_found');
  return pageWith(ctx, found, found);
}

/** The same after an act that has the row at hand. */
export async function pageOfRow(ctx: Ctx, booking: BookingRow): Promise<BookingPage> {
  return pageWith(ctx, booking, await store.story.one(ctx, booking.region_id, booking.id));
}

async function pageWith(ctx: Ctx, booking: BookingRow, story: store.StoryRow): Promise<BookingPage> {
  const view = policy.requireView(ctx.actor, booking);
  const [money] = booking.order_id ? await payments.orderViews(ctx, [booking.order_id]) : [];
  const lost = booking.state === 'expired' || booking.state === 'declined';
  const alternatives = lost && view.part === 'customer' ? await alternativesFor(ctx, booking) : [];
  const absence = await absenceOver(ctx, booking);
  return { booking, view, story, money, alternatives, absence };
}

/** Whether the side that waits may say so by now; the market's number is asked only when the start has come. */
async function absenceOver(ctx: Ctx, { state, start_at: start }: BookingRow): Promise<boolean> {
  const now = ctx.clock.now();
  if (state !== 'confirmed' || !start || now < start) return false;
  return mayReportAbsence(start, now, await zones.numbers(ctx));
}

export interface ListWish {
  view: 'mine' | 'work' | 'all';
  organisationId?: string | undefined;
  group?: 'open' | 'over' | undefined;
  state?: BookingState | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  after?: [Date, string] | undefined;
  limit: number;
}

/** One page of the bookings in which the actor takes part; what is open by the next first, all else by the latest. */
export async function list(ctx: Ctx, wish: ListWish): Promise<store.ListRow[]> {
  const actor = personOf(ctx);
  if (wish.view === 'all' && !mayAsStaff(actor.grants, ctx.regionId, 'booking:view')) refuse('access.forbidden');
  return store.list(ctx, {
    view: wish.view,
    personId: actor.personId,
    organisationIds: organisationsFor(actor, wish),
    states: statesOf(wish),
    from: wish.from,
    to: wish.to,
    order: wish.group === 'open' ? 'asc' : 'desc',
    after: wish.after,
    limit: wish.limit,
  });
}

/** Organisations whose bookings the actor may see as a whole, or the one asked for. */
function organisationsFor(actor: PersonActor, { view, organisationId }: ListWish): string[] {
  if (view === 'all') return [];
  const may = (id: string, permission: Permission) => mayInOrganisation(actor.memberships, id, permission);
  const sees = (id: string) =>
    view === 'mine' ? may(id, 'booking:view') : may(id, 'booking:confirm') || may(id, 'earnings:view');
  const ids = actor.memberships.map((membership) => membership.organisationId).filter(sees);
  if (organisationId === undefined) return ids;
  return ids.includes(organisationId) ? [organisationId] : refuse('access.forbidden');
}

function statesOf({ group, state }: ListWish): readonly BookingState[] | undefined {
  if (state) return [state];
  if (!group) return undefined;
  return bookingStates.filter((one) => isEnded(one) === (group === 'over'));
}

/** How many bookings of the market are in each state; for the control tower. */
export const countsByState = (ctx: Ctx): Promise<{ state: BookingState; count: number }[]> =>
  store.countsByState.all(ctx, ctx.regionId);

/** Whether the actor may hear the live topic of a booking. */
export async function maySee(ctx: Ctx, bookingId: string): Promise<boolean> {
  const booking = await store.byId.first(ctx, ctx.regionId, bookingId);
  return booking !== undefined && policy.viewOf(ctx.actor, booking) !== undefined;
}
