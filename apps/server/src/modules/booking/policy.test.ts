import type { AdminSet, Membership, OrganisationSet } from '@plumbline/domain/access';
import { bookingStates } from '@plumbline/domain/booking';
import { describe, expect, it } from 'vitest';
import type { PersonActor } from '../../platform/ctx.ts';
import { isRefusal } from '../../platform/errors.ts';
import { answersFor, requireBuyer, requireForeign, requireMove, requireParty, viewOf, type Facts } from './policy.ts';

const provider = 'provider-1';
const buyer = 'enterprise-1';

function person(personId: string, over: { memberships?: Membership[]; sets?: AdminSet[] } = {}): PersonActor {
  const grants = over.sets ? [{ role: 'admin' as const, scope: { kind: 'platform' as const }, sets: over.sets }] : [];
  const memberships = over.memberships ?? [];
  return {
    kind: 'person',
    personId,
    name: personId,
    regionId: 'gb',
    sessionId: 's',
    locale: 'en-GB',
    grants,
    memberships,
  };
}

const member = (organisationId: string, kind: Membership['kind'], ...sets: OrganisationSet[]) =>
  person(`${kind}-${sets.join('-')}`, { memberships: [{ organisationId, kind, sets }] });

const people = {
  customer: person('customer'),
  lead: person('lead'),
  support: person('support'),
  owner: member(provider, 'provider', 'owner'),
  dispatcher: member(provider, 'provider', 'dispatcher'),
  colleague: member(provider, 'provider', 'member'),
  accountant: member(provider, 'provider', 'finance'),
  rival: member('provider-2', 'provider', 'owner'),
  buyer: member(buyer, 'enterprise', 'dispatcher'),
  buyersAccountant: member(buyer, 'enterprise', 'finance'),
  operations: person('operations', { sets: ['operations'] }),
  support2: person('support2', { sets: ['support'] }),
  compliance: person('compliance', { sets: ['compliance'] }),
  stranger: person('stranger'),
};

const facts = (over: Partial<Facts> = {}): Facts => ({
  region_id: 'gb',
  kind: 'scheduled',
  state: 'confirmed',
  customer_id: 'customer',
  buyer_organisation_id: buyer,
  organisation_id: provider,
  lead_id: 'lead',
  crew_ids: ['lead', 'support'],
  requested_at: new Date(0),
  ...over,
});

const code = (act: () => unknown) => {
  try {
    act();
    return undefined;
  } catch (error) {
    if (isRefusal(error)) return error.code;
    throw error;
  }
};

describe('who sees a booking', () => {
  it.each([
    ['customer', 'customer', ['customer']],
    ['lead', 'lead', ['lead']],
    ['support', 'lead', []],
    ['owner', 'provider', ['provider']],
    ['dispatcher', 'provider', ['provider']],
    ['accountant', 'provider', []],
    ['buyer', 'customer', ['customer']],
    ['buyersAccountant', 'customer', []],
    ['operations', 'staff', ['admin']],
    ['support2', 'staff', []],
  ] as const)('%s, as %s', (name, part, parties) => {
    expect(viewOf(people[name], facts())).toEqual({ part, parties });
  });

  it('an owner who comes to do the work themselves, as the one who works', () => {
    const own = facts({ lead_id: people.owner.personId, crew_ids: [people.owner.personId] });
    expect(viewOf(people.owner, own)).toEqual({ part: 'lead', parties: ['provider', 'lead'] });
  });

  it.each(['colleague', 'rival', 'compliance', 'stranger'] as const)('not the %s', (name) => {
    expect(viewOf(people[name], facts())).toBeUndefined();
    expect(code(() => requireParty(people[name], facts(), 'customer'))).toBe('access.not_found');
  });

  it('not anybody who is not signed in', () => {
    expect(viewOf({ kind: 'anonymous' }, facts())).toBeUndefined();
  });

  it('the provider only when it is paid for, or when they have to name the price', () => {
    for (const name of ['owner', 'accountant', 'lead'] as const) {
      expect(viewOf(people[name], facts({ state: 'awaiting_payment', requested_at: null }))).toBeUndefined();
      expect(
        viewOf(people[name], facts({ state: 'quote_requested', kind: 'quote', requested_at: null })),
      ).toBeDefined();
    }
  });

  it('staff of another region do not', () => {
    const other = {
      ...people.operations,
      grants: [{ role: 'admin' as const, scope: { kind: 'region' as const, id: 'ie' }, sets: ['operations' as const] }],
    };
    expect(viewOf(other, facts())).toBeUndefined();
    expect(viewOf(other, facts({ region_id: 'ie' }))).toBeDefined();
  });
});

describe('who acts', () => {
  it('tells apart: not yours to see, not yours to do, not now', () => {
    expect(code(() => requireMove(people.stranger, facts(), 'cancel'))).toBe('access.not_found');
    expect(code(() => requireMove(people.accountant, facts(), 'cancel'))).toBe('access.forbidden');
    expect(code(() => requireMove(people.buyersAccountant, facts(), 'cancel'))).toBe('access.forbidden');
    expect(code(() => requireMove(people.owner, facts(), 'accept'))).toBe('access.forbidden');
    expect(code(() => requireMove(people.customer, facts(), 'accept'))).toBe('booking.not_now');
    expect(requireMove(people.customer, facts({ state: 'completed' }), 'accept')).toBe('customer');
  });

  it('takes the lead’s own act before the same act in their name', () => {
    const both = { ...people.owner, personId: 'lead' };
    expect(requireMove(both, facts(), 'start')).toBe('lead');
    expect(requireMove(people.owner, facts(), 'start')).toBe('provider');
  });

  it('lets nobody but staff with dispute:decide end a problem', () => {
    const inProblem = facts({ state: 'problem' });
    const able = Object.entries(people).filter(
      ([, actor]) => code(() => requireMove(actor, inProblem, 'resolve_full')) === undefined,
    );
    expect(able.map(([name]) => name)).toEqual(['operations']);
  });

  it('gives a stranger the same answer in every state', () => {
    for (const state of bookingStates) {
      expect(code(() => requireMove(people.stranger, facts({ state }), 'pay'))).toBe('access.not_found');
    }
  });
});

describe('who buys', () => {
  it('for an organisation only with the right to', () => {
    expect(code(() => requireBuyer(people.buyer, buyer))).toBeUndefined();
    expect(code(() => requireBuyer(people.buyersAccountant, buyer))).toBe('access.forbidden');
    expect(code(() => requireBuyer(people.buyer, 'enterprise-2'))).toBe('access.forbidden');
    expect(code(() => requireBuyer(people.stranger, undefined))).toBeUndefined();
  });

  it('never from their own firm', () => {
    expect(code(() => requireForeign(people.colleague, provider))).toBe('booking.own_service');
    expect(code(() => requireForeign(people.customer, provider))).toBeUndefined();
  });
});

describe('who answers an offer', () => {
  const offer = { lead_id: 'lead', organisation_id: provider };
  it('its lead, or their office', () => {
    expect(answersFor(people.lead, offer)).toBe('lead');
    expect(answersFor(people.dispatcher, offer)).toBe('provider');
    for (const name of ['colleague', 'accountant', 'rival', 'customer'] as const) {
      expect(answersFor(people[name], offer)).toBeUndefined();
    }
  });
});
