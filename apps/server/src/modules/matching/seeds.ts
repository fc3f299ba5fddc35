import type { ServiceBody } from '@plumbline/contracts/catalogue';
import type { VerificationKind } from '@plumbline/domain/verification';
import { demoMarkets, demoProviders, type DemoProvider } from '@plumbline/testkit/market/providers';
import type { OfferTemplate } from '@plumbline/testkit/market/offer';
import { systemCtx, type Ctx } from '../../platform/ctx.ts';
import * as calendar from '../calendar/index.ts';
import * as catalogue from '../catalogue/index.ts';
import * as identity from '../identity/index.ts';
import * as trust from '../trust/index.ts';
import * as zones from '../zones/index.ts';
import { reckonUsualPrices, refreshRegion } from './refresh.ts';
import { addHabits, addReviews } from './signals.ts';

const dayMs = 86_400_000;

/** Opens the companies of the demo markets: people, hours, services, proofs and a past. Nobody of them can sign in. */
export async function seedMarkets(base: Ctx): Promise<void> {
  for (const market of demoMarkets) {
    const ctx = systemCtx(base, 'seed', market.regionId);
    const areas = await zones.zonesOf(ctx);
    if (areas.length === 0) continue;
    for (const provider of demoProviders(market, areas.length)) await openCompany(ctx, provider, areas);
    await refreshRegion(ctx);
  }
  await reckonUsualPrices(base);
}

async function openCompany(ctx: Ctx, provider: DemoProvider, areas: zones.Zone[]): Promise<void> {
  const { organisationId, personIds } = await found(ctx, provider);
  const base = areas[provider.base]?.centre;
  if (!base) throw new Error(`${provider.name} starts from a place that is not there`);
  await catalogue.putProfile(ctx, organisationId, profileOf(provider, base));
  const served = await zones.nearestZones(ctx, base, provider.zones);
  await catalogue.putCoverage(
    ctx,
    organisationId,
    null,
    served.map(({ zone }) => ({ zoneId: zone.zoneId, tier: 'primary', capacity: null })),
  );
  await setHours(ctx, provider, personIds);
  await prove(ctx, organisationId, personIds[0] ?? '', provider);
  for (const offer of provider.offers) {
    const serviceId = await catalogue.createFor(ctx, organisationId, bodyOf(provider, offer), teamOf(personIds));
    await catalogue.submitFor(ctx, serviceId);
  }
  await giveAPast(ctx, organisationId, provider);
}

/** The cast's company is there already; the others are founded with people who have no password. */
async function found(
  ctx: Ctx,
  { name, people }: DemoProvider,
): Promise<{ organisationId: string; personIds: string[] }> {
  const known = await identity.organisationBySlug(ctx, name.toLowerCase().replaceAll(' ', '-'));
  if (known) {
    const members = await identity.membersOf(ctx, known.id);
    return { organisationId: known.id, personIds: members.map((member) => member.person_id) };
  }
  const personIds: string[] = [];
  for (const [index, person] of people.entries()) {
    const email = `${slugOf(name)}-${index + 1}.${ctx.regionId}@demo.plumbline.example`;
    personIds.push(await identity.createPerson(ctx, { name: person, email }));
  }
  const [ownerId = '', ...others] = personIds;
  const organisationId = await identity.createOrganisation(ctx, { kind: 'provider', name, ownerId });
  for (const personId of others) await identity.join(ctx, organisationId, personId, ['member']);
  return { organisationId, personIds };
}

/** The owner runs the company and the others do the work; whoever is alone does both. */
const teamOf = (personIds: string[]): string[] => (personIds.length > 1 ? personIds.slice(1) : personIds);

const slugOf = (name: string): string => name.toLowerCase().replaceAll(/[^a-z]+/g, '-');

const profileOf = (provider: DemoProvider, base: { lat: number; lng: number }) => ({
  displayName: provider.name,
  tagline: provider.offers[0]?.summary ?? '',
  about: `${provider.name} is a company of the demo market. Its people, prices and ratings are made up.`,
  base,
  languages: ['en'],
  vatRegistered: provider.vatRegistered,
  vatNumber: provider.vatRegistered ? `GB${100_000_000 + provider.name.length * 1_234_567}` : null,
  foundedYear: provider.foundedYear,
});

async function setHours(ctx: Ctx, { hours: { from, to, weekdays } }: DemoProvider, personIds: string[]): Promise<void> {
  const { timeZone } = await zones.region(ctx);
  const weekly = weekdays.map((weekday) => ({ weekday, from, to }));
  for (const personId of personIds) await calendar.setPlanFor(ctx, personId, timeZone, weekly);
}

/** The smallest thing that is a PDF: the demo's documents have nothing to hide and nothing to show. */
const demoDocument = Buffer.from('%PDF-1.4\n%demo document of a made-up company\n%%EOF\n');

async function prove(ctx: Ctx, organisationId: string, personId: string, { qualified }: DemoProvider): Promise<void> {
  const kinds: VerificationKind[] = ['identity', 'insurance', ...(qualified ? (['qualification'] as const) : [])];
  const expiresOn = new Date(ctx.clock.now().getTime() + 330 * dayMs).toISOString().slice(0, 10);
  for (const kind of kinds) {
    const document = { bytes: demoDocument, name: `${kind}.pdf` };
    const proof = await trust.submitFor(ctx, organisationId, personId, {
      kind,
      document,
      reference: 'DEMO',
      expiresOn: kind === 'identity' ? undefined : expiresOn,
    });
    if (proof.row) await trust.decide(ctx, proof.row.id, 'approve');
  }
}

const bodyOf = (provider: DemoProvider, offer: OfferTemplate): ServiceBody => ({
  title: offer.title,
  summary: offer.summary,
  description: offer.description,
  categoryId: provider.trade,
  tags: offer.tags,
  includes: offer.includes,
  priceKind: offer.kind,
  priceMinor: offer.kind === 'quote' ? null : String(offer.minor),
  durationMinutes: offer.minutes,
  noticeMinutes: 120,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 15,
  onDemand: offer.onDemand ?? false,
});

/** Ratings and habits of the years before the demo began; marked as demo data on the company's front. */
async function giveAPast(ctx: Ctx, organisationId: string, { stars, done, answersFast }: DemoProvider): Promise<void> {
  const reviews = stars.map((one, index) => ({ stars: one, ageDays: 10 + index * 9, isVerified: true }));
  if (reviews.length > 0) await addReviews(ctx, organisationId, reviews);
  await addHabits(ctx, organisationId, { asked: done, answeredFast: answersFast, done, failed: Math.floor(done / 40) });
}
