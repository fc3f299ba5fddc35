import { describe, expect, it } from 'vitest';
import type { Ctx } from '../../platform/ctx.ts';
import { query } from '../../platform/db/statement.ts';
import { dbTest } from '../../platform/testing.ts';
import { buildAdmin, buildMember, buildProvider, buildServiceman, buildUser } from '../identity/fixtures.ts';
import { buildZones } from '../zones/fixtures.ts';
import { covers, listingSources, serviceForBooking } from './doors.ts';
import { aProfile, aService, openForBusiness, publishedService } from './fixtures.ts';
import { setCoverage } from './coverage.ts';
import * as moves from './moves.ts';
import { profile, setProfile } from './profile.ts';
import * as services from './service.ts';

const t = dbTest();

async function novak() {
  const zones = await buildZones(t.ctx());
  const { owner, organisationId } = await buildProvider(t.ctx());
  return { zones, owner, organisationId, ctx: t.ctx(owner) };
}

async function events(ctx: Ctx, type: string): Promise<string[]> {
  return (await query<{ key: string }>(ctx, 'select key from outbox where type = $1 order by id', [type])).map(
    ({ key }) => key,
  );
}

describe('publish a service', () => {
  it('says all that is missing, and refuses until it is there', async () => {
    const { ctx, organisationId } = await novak();
    const { row, missing } = await services.create(
      ctx,
      organisationId,
      aService({ title: 'Tap', description: 'Short', priceMinor: null }),
    );
    expect(missing).toEqual([
      'profile_missing',
      'title_short',
      'description_short',
      'price_missing',
      'coverage_missing',
    ]);
    await expect(moves.move(ctx, row.id, 'submit')).rejects.toMatchObject({
      code: 'catalogue.not_ready',
      data: { missing },
    });
    expect((await services.own(ctx, row.id)).row.state).toBe('draft');
  });

  it('publishes at once what lacks nothing, keeps the version, and tells of it', async () => {
    const { ctx, organisationId } = await novak();
    await openForBusiness(ctx, organisationId);
    const { row } = await services.create(ctx, organisationId, aService());
    const published = await moves.move(ctx, row.id, 'submit');
    expect(published.row).toMatchObject({ state: 'published', published_version: 1, submitted_at: null });
    expect((await moves.versions(ctx, row.id)).versions.map(({ version }) => version)).toEqual([1]);
    expect(await events(ctx, 'catalogue.service_changed')).toContain(row.id);
  });

  it.each([
    ['a phone number', 'Call 0117 496 0123 for a quick answer to any question about your tap.', 'contact_in_text'],
    ['an e-mail address', 'Write to bea@novak.example and we come the same day to look at it.', 'contact_in_text'],
    ['a link', 'All our prices are at www.novak-plumbing.co.uk together with photographs.', 'link_in_text'],
  ])('holds %s for a reviewer, who may return or publish it', async (_, description, finding) => {
    const { ctx, organisationId } = await novak();
    await openForBusiness(ctx, organisationId);
    const { row } = await services.create(ctx, organisationId, aService({ description }));
    const held = await moves.move(ctx, row.id, 'submit');
    expect(held.row).toMatchObject({ state: 'in_review', findings: expect.arrayContaining([finding]) });
    await expect(services.edit(ctx, row.id, { title: 'Another title' })).rejects.toMatchObject({
      code: 'catalogue.not_allowed_now',
    });

    const staff = t.ctx(await buildAdmin(t.ctx(), ['compliance']));
    expect((await moves.toReview(staff, undefined, 10)).map(({ id }) => id)).toEqual([row.id]);
    await expect(moves.decide(staff, row.id, 'return')).rejects.toMatchObject({ code: 'catalogue.reason_missing' });
    const returned = await moves.decide(staff, row.id, 'return', 'Please take the contact out.');
    expect(returned).toMatchObject({ state: 'draft', review_note: 'Please take the contact out.' });

    await moves.move(ctx, row.id, 'submit');
    expect(await moves.decide(staff, row.id, 'publish')).toMatchObject({ state: 'published', published_version: 1 });
  });

  it('does not take prices and amounts for phone numbers', async () => {
    const { ctx, organisationId } = await novak();
    await openForBusiness(ctx, organisationId);
    const description = 'Up to 2 taps, 15 mm or 22 mm pipe, 60 minutes; 12 months of guarantee since 2009.';
    const { row } = await services.create(ctx, organisationId, aService({ description }));
    expect((await moves.move(ctx, row.id, 'submit')).row.state).toBe('published');
  });
});

describe('versions', () => {
  it('shows customers the published one while the draft changes, until it is published again', async () => {
    const { ctx, organisationId, owner } = await novak();
    await openForBusiness(ctx, organisationId);
    const id = await publishedService(ctx, organisationId, [owner.personId]);
    const edited = await services.edit(ctx, id, { priceMinor: '9900' });
    expect(edited.row.draft.priceMinor).toBe('9900');
    expect((await serviceForBooking(ctx, id))?.price.amountMinor).toBe(8500n);
    await moves.move(ctx, id, 'submit');
    expect((await serviceForBooking(ctx, id))?.price.amountMinor).toBe(9900n);
  });

  it('rolls back by publishing an older version again', async () => {
    const { ctx, organisationId, owner } = await novak();
    await openForBusiness(ctx, organisationId);
    const id = await publishedService(ctx, organisationId, [owner.personId]);
    await services.edit(ctx, id, { priceMinor: '9900' });
    await moves.move(ctx, id, 'submit');
    const restored = await moves.restore(ctx, id, 1);
    expect(restored.row).toMatchObject({ published_version: 3, state: 'published' });
    expect((await serviceForBooking(ctx, id))?.price.amountMinor).toBe(8500n);
    await expect(moves.restore(ctx, id, 7)).rejects.toMatchObject({ code: 'catalogue.version_unknown' });
  });

  it('notices somebody else’s edit', async () => {
    const { ctx, organisationId } = await novak();
    const { row } = await services.create(ctx, organisationId, aService());
    await services.edit(ctx, row.id, { title: 'First hand was faster' }, 1);
    await expect(services.edit(ctx, row.id, { title: 'Second hand' }, 1)).rejects.toMatchObject({
      code: 'catalogue.changed_meanwhile',
    });
  });
});

describe('moves', () => {
  it('pauses, resumes and archives, and refuses what the state does not allow', async () => {
    const { ctx, organisationId, owner } = await novak();
    await openForBusiness(ctx, organisationId);
    const id = await publishedService(ctx, organisationId, [owner.personId]);
    expect((await moves.move(ctx, id, 'pause')).row.state).toBe('paused');
    expect((await serviceForBooking(ctx, id))?.published).toBe(false);
    expect((await moves.move(ctx, id, 'resume')).row.state).toBe('published');
    await expect(moves.move(ctx, id, 'withdraw')).rejects.toMatchObject({ code: 'catalogue.not_allowed_now' });
    expect((await moves.move(ctx, id, 'archive')).row.state).toBe('archived');
    await expect(services.edit(ctx, id, { title: 'From the grave' })).rejects.toMatchObject({
      code: 'catalogue.not_allowed_now',
    });
  });
});

describe('who may', () => {
  it('hides a company’s services from everybody outside it', async () => {
    const { ctx, organisationId } = await novak();
    const { row } = await services.create(ctx, organisationId, aService());
    const { owner: rival } = await buildProvider(t.ctx(), { name: 'Rival Pipes', owner: 'Rob Rival' });
    for (const stranger of [rival, await buildUser(t.ctx()), await buildAdmin(t.ctx())]) {
      await expect(services.own(t.ctx(stranger), row.id)).rejects.toMatchObject({ code: 'access.not_found' });
      await expect(services.edit(t.ctx(stranger), row.id, { title: 'Mine now' })).rejects.toMatchObject({
        code: 'access.not_found',
      });
    }
  });

  it('lets a dispatcher read and a plain member neither read nor change', async () => {
    const { ctx, organisationId } = await novak();
    const { row } = await services.create(ctx, organisationId, aService());
    const dispatcher = t.ctx(await buildMember(t.ctx(), organisationId, ['dispatcher'], 'Dora Lane'));
    expect((await services.own(dispatcher, row.id)).mayEdit).toBe(false);
    await expect(services.edit(dispatcher, row.id, { title: 'Changed title' })).rejects.toMatchObject({
      code: 'access.forbidden',
    });
    const tom = t.ctx(await buildServiceman(t.ctx(), organisationId));
    await expect(services.own(tom, row.id)).rejects.toMatchObject({ code: 'access.forbidden' });
  });
});

describe('team, packages, coverage, profile', () => {
  it('takes members as team and nobody else', async () => {
    const { ctx, organisationId, owner } = await novak();
    const { row } = await services.create(ctx, organisationId, aService());
    const tom = await buildServiceman(t.ctx(), organisationId);
    const named = await services.setTeam(ctx, row.id, [owner.personId, tom.personId]);
    expect(named.teamPersonIds.toSorted()).toEqual([owner.personId, tom.personId].toSorted());
    const stranger = await buildUser(t.ctx());
    await expect(services.setTeam(ctx, row.id, [stranger.personId])).rejects.toMatchObject({
      code: 'catalogue.team_invalid',
    });
  });

  it('keeps the ids of packages that stay and refuses one without a price', async () => {
    const { ctx, organisationId } = await novak();
    const { row } = await services.create(ctx, organisationId, aService());
    const small = { name: 'One tap', description: '', amountMinor: '8500', durationMinutes: 60 };
    const [first] = (await services.setPackages(ctx, row.id, [small])).row.draft.packages;
    const two = await services.setPackages(ctx, row.id, [
      { ...small, packageId: first?.packageId ?? '', amountMinor: '8000' },
      { ...small, name: 'Two taps' },
    ]);
    expect(two.row.draft.packages[0]).toMatchObject({ packageId: first?.packageId, amountMinor: '8000' });
    expect(two.row.draft.packages[1]?.packageId).not.toBe(first?.packageId);
    await expect(services.setPackages(ctx, row.id, [{ ...small, amountMinor: '0' }])).rejects.toMatchObject({
      code: 'catalogue.price_invalid',
    });
  });

  it.each([
    ['a quote with a price', { priceKind: 'quote', priceMinor: '100' }],
    ['a price of nothing', { priceKind: 'fixed', priceMinor: '0' }],
  ] as const)('refuses %s', async (_, changes) => {
    const { ctx, organisationId } = await novak();
    await expect(services.create(ctx, organisationId, aService(changes))).rejects.toMatchObject({
      code: 'catalogue.price_invalid',
    });
  });

  it('lets a service have zones of its own instead of the company’s', async () => {
    const { ctx, organisationId, owner, zones } = await novak();
    await openForBusiness(ctx, organisationId, {}, [zones.centre.zoneId, zones.easton.zoneId]);
    const id = await publishedService(ctx, organisationId, [owner.personId]);
    expect(await covers(ctx, { serviceId: id }, [zones.easton.zoneId])).toBe(true);
    const clifton = { zoneId: zones.clifton.zoneId, tier: 'secondary' as const, capacity: 2 };
    const own = await services.setServiceCoverage(ctx, id, [clifton]);
    expect(own.coverage).toMatchObject({
      inherited: false,
      items: [{ zone: { slug: 'clifton' }, row: { tier: 'secondary', capacity: 2 } }],
    });
    expect(await covers(ctx, { serviceId: id }, [zones.easton.zoneId])).toBe(false);
    expect((await serviceForBooking(ctx, id))?.coveredZoneIds).toEqual([zones.clifton.zoneId]);
    expect(await covers(ctx, { organisationId }, [zones.easton.zoneId])).toBe(true);
    await services.setServiceCoverage(ctx, id, []);
    expect(await covers(ctx, { serviceId: id }, [zones.easton.zoneId])).toBe(true);
  });

  it('refuses a zone that does not exist', async () => {
    const { ctx, organisationId } = await novak();
    const nowhere = { zoneId: '01900000-0000-7000-8000-000000000000', tier: 'primary' as const, capacity: null };
    await expect(setCoverage(ctx, organisationId, [nowhere])).rejects.toMatchObject({ code: 'catalogue.zone_unknown' });
  });

  it('shows an unwritten profile by the company’s name and finds the zone of its base once written', async () => {
    const { ctx, organisationId } = await novak();
    expect(await profile(ctx, organisationId)).toMatchObject({
      row: undefined,
      organisation: { name: 'Novak Plumbing' },
    });
    expect((await setProfile(ctx, organisationId, aProfile())).zone?.slug).toBe('centre');
  });
});

describe('doors', () => {
  it('gives a booking what it needs', async () => {
    const { ctx, organisationId, owner } = await novak();
    await openForBusiness(ctx, organisationId);
    const id = await publishedService(ctx, organisationId, [owner.personId], {
      priceKind: 'hourly',
      priceMinor: '6000',
    });
    expect(await serviceForBooking(ctx, id)).toMatchObject({
      serviceId: id,
      organisationId,
      organisationName: 'Novak Plumbing',
      categoryId: 'plumbing',
      published: true,
      zone: 'Europe/London',
      price: { kind: 'hourly', amountMinor: 6000n, currency: 'GBP' },
      vatRateBp: 2000,
      bufferAfterMinutes: 15,
      teamResourceIds: [owner.personId],
    });
    const before = t.db.statements;
    expect((await serviceForBooking(ctx, id))?.coveredZoneIds).toHaveLength(3);
    expect(t.db.statements - before).toBe(1);
    await openForBusiness(ctx, organisationId, { vatRegistered: false, vatNumber: null });
    expect((await serviceForBooking(ctx, id))?.vatRateBp).toBe(0);
  });

  it('has no answer for what was never published', async () => {
    const { ctx, organisationId } = await novak();
    const { row } = await services.create(ctx, organisationId, aService());
    expect(await serviceForBooking(ctx, row.id)).toBeUndefined();
  });

  it('describes any number of listings in five statements', async () => {
    const { ctx, organisationId, owner } = await novak();
    await openForBusiness(ctx, organisationId);
    const ids = [];
    for (let i = 0; i < 4; i += 1) ids.push(await publishedService(ctx, organisationId, [owner.personId]));
    const before = t.db.statements;
    const sources = await listingSources(ctx, ids);
    expect(t.db.statements - before).toBe(5);
    expect(sources).toHaveLength(4);
    expect(sources[0]).toMatchObject({ organisation: { slug: 'novak-plumbing' }, coverage: { length: 3 } });
  });
});
