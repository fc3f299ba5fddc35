import { cast, type CastName } from '@plumbline/testkit/cast';
import { castHomes, demoCustomers, type DemoHome } from '@plumbline/testkit/market/customers';
import { dateOf, dayInterval, epochDayOf, localDayOf } from '@plumbline/domain/slots';
import * as booking from '../../modules/booking/index.ts';
import * as catalogue from '../../modules/catalogue/index.ts';
import * as identity from '../../modules/identity/index.ts';
import * as payments from '../../modules/payments/index.ts';
import * as zones from '../../modules/zones/index.ts';
import type { Ctx, PersonActor } from '../../platform/ctx.ts';
import type { Stage } from './stage.ts';

/** Who books in the story: the cast's customers and the people of the market. */
export type CustomerName = keyof typeof demoCustomers | keyof typeof castHomes;

export interface Customer {
  actor: PersonActor;
  address: { line1: string; town: string; postcode: string };
  point: { lat: number; lng: number };
  zoneIds: string[];
  /** For whom they buy, if not for themselves. */
  buyerOrganisationId: string | undefined;
}

/** A service with the person who runs its company. */
export interface Offer {
  service: catalogue.ServiceForBooking;
  owner: PersonActor;
}

export interface Wanted {
  trade: string;
  kind?: 'fixed' | 'hourly' | 'quote';
  /** A word of its title. */
  title?: string;
  /** Not the first company that has it but a later one. */
  skip?: number;
  /** Only this company. */
  company?: string;
}

/** The market as the story sees it. */
export interface Market {
  stage: Stage;
  /** This wall time so many days before the end of the story. */
  day(before: number, hour: number, minute?: number): Date;
  /** So many hours before the end of the story. */
  ago(hours: number): Date;
  customer(name: CustomerName): Customer;
  staff(): PersonActor;
  person(personId: string): Promise<PersonActor>;
  /** A service that goes to this customer, of the company that comes first by its age. */
  offer(wanted: Wanted, customer: Customer): Promise<Offer>;
  /** Starts that are offered on this day or the days after it. */
  starts(offer: Offer, from: Date, hours?: number): Promise<Date[]>;
  /** Who of this trade has been asked to come at once; the first by age. */
  asked(trade: string, bookingId: string): Promise<{ offer: Offer; offerId: string }>;
}

/** Brings the people in and learns who sells what. */
export async function openMarket(stage: Stage, end: Date): Promise<Market> {
  const ctx = stage.as({ kind: 'system', name: 'story' });
  const { timeZone } = await zones.region(ctx);
  const people = new Map<string, PersonActor>();
  const person = async (personId: string) => {
    const known = people.get(personId) ?? (await identity.actAs(ctx, personId));
    people.set(personId, known);
    return known;
  };
  const customers = await bringIn(ctx);
  const staff = await identity.castActor(ctx, cast.ada.email);
  const services = await servicesByAge(ctx);
  /** A company that works has an account to be paid to. */
  const offerOf = async (service: catalogue.ServiceForBooking): Promise<Offer> => {
    await payments.openDemoAccount(ctx, service.organisationId);
    return { service, owner: await person(await ownerOf(ctx, service.organisationId)) };
  };
  const lastDay = localDayOf(timeZone, end.getTime());
  return {
    stage,
    person,
    staff: () => staff,
    day: (before, hour, minute = 0) =>
      new Date(dayInterval(timeZone, dateOf(lastDay - before)).from + (hour * 60 + minute) * 60_000),
    ago: (hours) => new Date(end.getTime() - hours * 3_600_000),
    customer: (name) => customers.get(name) ?? missing(name),
    offer: async (wanted, customer) => {
      const service = find(services, wanted, customer);
      return offerOf(service);
    },
    asked: async (trade, bookingId) => {
      for (const service of services.filter(({ categoryId, onDemand }) => onDemand && categoryId === trade)) {
        const owner = await person(await ownerOf(ctx, service.organisationId));
        const offers = await booking.liveOffers(stage.as(owner));
        const mine = offers.find((one) => one.booking_id === bookingId);
        if (mine) return { offer: await offerOf(service), offerId: mine.id };
      }
      return missing(`crew for the call of ${trade}`);
    },
    starts: (offer, from, hours) => startsOf(stage, offer, dateOf(localDayOf(timeZone, from.getTime())), hours),
  };
}

function missing(what: string): never {
  throw new Error(`the story has no ${what}`);
}

async function bringIn(ctx: Ctx): Promise<Map<CustomerName, Customer>> {
  const found = new Map<CustomerName, Customer>();
  for (const [name, home] of Object.entries(demoCustomers)) {
    const actor = await identity.actAs(ctx, await identity.addCustomer(ctx, home));
    found.set(name as CustomerName, await customerAt(ctx, actor, home));
  }
  for (const [name, home] of Object.entries(castHomes)) {
    const actor = await identity.castActor(ctx, cast[name as CastName].email);
    found.set(name as CustomerName, await customerAt(ctx, actor, home));
  }
  return found;
}

async function customerAt(ctx: Ctx, actor: PersonActor, home: DemoHome): Promise<Customer> {
  const place = (await zones.placeNamed(ctx, home.outcode)) ?? missing(`place ${home.outcode}`);
  const around = await zones.at(ctx, place.point);
  return {
    actor,
    address: { line1: home.line1, town: 'Bristol', postcode: home.postcode },
    point: place.point,
    zoneIds: around.map(({ zoneId }) => zoneId),
    buyerOrganisationId: actor.memberships.find(({ kind }) => kind === 'enterprise')?.organisationId,
  };
}

/** All services of the market; those of the oldest company come first. */
async function servicesByAge(ctx: Ctx): Promise<catalogue.ServiceForBooking[]> {
  const organisationIds = await identity.providerOrganisationIds(ctx);
  const services = await catalogue.servicesForBooking(ctx, await catalogue.serviceIdsOf(ctx, organisationIds));
  const age = new Map(organisationIds.map((id, place) => [id, place]));
  return services.toSorted(
    (a, b) =>
      (age.get(a.organisationId) ?? 0) - (age.get(b.organisationId) ?? 0) || (a.serviceId < b.serviceId ? -1 : 1),
  );
}

function find(
  services: readonly catalogue.ServiceForBooking[],
  { trade, kind, title, skip = 0, company }: Wanted,
  customer: Customer,
): catalogue.ServiceForBooking {
  const able = services.filter(
    (one) =>
      one.published &&
      one.categoryId === trade &&
      (kind ?? one.price.kind) === one.price.kind &&
      one.title.toLowerCase().includes(title ?? '') &&
      (company ?? one.organisationName) === one.organisationName &&
      one.coveredZoneIds.some((zoneId) => customer.zoneIds.includes(zoneId)),
  );
  const firsts = able.filter((one, place) => able.findIndex((x) => x.organisationId === one.organisationId) === place);
  return firsts[skip % Math.max(firsts.length, 1)] ?? missing(`${trade} ${kind ?? ''} near ${customer.address.line1}`);
}

async function ownerOf(ctx: Ctx, organisationId: string): Promise<string> {
  const members = await identity.membersOf(ctx, organisationId);
  return members.find(({ sets }) => sets.includes('owner'))?.person_id ?? missing(`owner of ${organisationId}`);
}

async function startsOf(stage: Stage, { service }: Offer, from: string, hours: number | undefined): Promise<Date[]> {
  const ctx = stage.as({ kind: 'system', name: 'story' });
  const choice = { serviceId: service.serviceId, ...(hours !== undefined && { hours }) };
  const { days } = await booking.slots(ctx, choice, { from: laterOf(stage, service.zone, from), days: 14 });
  return days.flatMap((day) => day.slots.map((slot) => slot.from));
}

/** Nobody is offered yesterday. */
function laterOf(stage: Stage, zone: string, from: string): string {
  const today = localDayOf(zone, stage.now().getTime());
  return dateOf(Math.max(today, epochDayOf(from)));
}
