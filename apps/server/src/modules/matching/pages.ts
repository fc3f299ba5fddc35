import type { ProviderFront, ServicePage } from '@plumbline/contracts/matching';
import { mayInOrganisation } from '@plumbline/domain/access';
import type { Ctx } from '../../platform/ctx.ts';
import { refuse } from '../../platform/errors.ts';
import * as zones from '../zones/index.ts';
import { badgesNow, nextFreeOf, presentCard } from './present.ts';
import * as store from './store.ts';

/** A published service as customers see it; one statement. Refuses `access.not_found` for what is not shown. */
export async function servicePage(ctx: Ctx, serviceId: string): Promise<ServicePage> {
  const row = (await store.pageOf.first(ctx, ctx.regionId, serviceId)) ?? refuse('access.not_found');
  const { timeZone } = await zones.region(ctx);
  const now = ctx.clock.now();
  const { card, page } = row;
  const next = nextFreeOf(card, now);
  return {
    serviceId,
    regionId: ctx.regionId,
    title: card.title,
    summary: card.summary,
    categoryId: card.categoryId,
    price: card.price,
    durationMinutes: card.durationMinutes,
    onDemand: card.onDemand,
    rating: card.rating,
    point: card.point,
    baseZone: card.baseZone,
    answersWithinHour: card.answersWithinHour,
    finishesWork: card.finishesWork,
    ...page,
    provider: { ...card.provider, ...page.provider },
    badges: badgesNow(card.badges, now),
    nextFree: next ? { at: next.toISOString(), zone: timeZone } : null,
    timeZone,
    can: {
      book: card.price.kind !== 'quote',
      askQuote: card.price.kind === 'quote',
      edit: mayEdit(ctx, row.organisation_id),
    },
  };
}

/** A company with its services; two statements. Refuses `access.not_found` while it shows none. */
export async function providerFront(ctx: Ctx, slug: string): Promise<ProviderFront> {
  const row = (await store.frontOf.first(ctx, ctx.regionId, slug)) ?? refuse('access.not_found');
  const { timeZone } = await zones.region(ctx);
  const now = ctx.clock.now();
  const cards = await store.cardsOf.all(ctx, row.organisation_id);
  return {
    ...row.front,
    badges: badgesNow(row.front.badges, now),
    services: cards.map(({ card }) => presentCard(card, { metres: null, why: [], timeZone, now })),
    timeZone,
    can: { edit: mayEdit(ctx, row.organisation_id) },
  };
}

const mayEdit = ({ actor }: Ctx, organisationId: string): boolean =>
  actor.kind === 'person' && mayInOrganisation(actor.memberships, organisationId, 'catalogue:edit');
