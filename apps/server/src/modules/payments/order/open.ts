import {
  commissionRate,
  type CommissionLevel,
  type CommissionRule,
  commissionLevels,
  holdWindow,
  splitGross,
} from '@plumbline/domain/fees';
import type { CurrencyCode } from '@plumbline/money';
import type { Ctx } from '../../../platform/ctx.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import { newReference } from '../../../platform/ids.ts';
import { marketOf, type Market } from '../market.ts';
import { who } from './machine.ts';
import * as store from './store.ts';

export interface NewLine {
  id: string;
  title: string;
  amountMinor: bigint;
  /** VAT in the price in basis points; 0 when the provider is not registered. */
  vatRateBp: number;
}

export interface NewOrder {
  orderId: string;
  customerId: string;
  buyerOrganisationId?: string | undefined;
  /** The provider; may be left out for an on-demand job, whose capture names it. */
  organisationId?: string | undefined;
  subject: { kind: 'booking'; id: string };
  lines: NewLine[];
  currency: string;
  categoryId: string;
  zoneId?: string | undefined;
  campaignId?: string | undefined;
  startsAt: Date;
  /** IANA zone of the job; the market's own when it is missing. */
  zone?: string | undefined;
  /** The price is a ceiling: less may be captured. */
  ceiling?: boolean | undefined;
  lineKind: 'service';
}

const day = 86_400_000;

/**
 * Opens the money side of a deal in the caller's transaction: nothing is paid yet. A start further ahead than the
 * market's limit saves a card now and charges it shortly before, because a hold of the price would lapse.
 */
export async function openOrder(ctx: Ctx, order: NewOrder): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const market = await marketOf(ctx);
    requireSound(order, market);
    const { level, rateBp } = await commissionFor(ctx, order, market.numbers.commissionBp);
    const row = rowOf(ctx, order, market, { level, rateBp });
    const lines = order.lines.map((line) => ({
      id: line.id,
      title: line.title,
      vat_rate_bp: line.vatRateBp,
      amount_minor: line.amountMinor,
    }));
    await insertWithReference(ctx, row, lines);
  });
}

/** A programming error of the caller, not of a person: prices are checked where they are made. */
function requireSound(order: NewOrder, market: Market): void {
  if (order.currency !== market.currency)
    throw new Error(`a market has one currency: ${market.currency}, not ${order.currency}`);
  if (order.lines.length === 0 || order.lines.some((line) => line.amountMinor <= 0n))
    throw new Error('an order has lines with prices');
  if (!order.organisationId && !order.ceiling) throw new Error('only an on-demand order may do without a provider');
}

function rowOf(
  ctx: Ctx,
  order: NewOrder,
  market: Market,
  commission: CommissionRule,
): Omit<store.NewOrderRow, 'reference'> {
  const { numbers } = market;
  const now = ctx.clock.now();
  const agreed = order.lines.reduce((sum, line) => sum + line.amountMinor, 0n);
  const isFarAhead = order.startsAt.getTime() - now.getTime() > numbers.farAheadDays * day;
  const window = holdWindow(agreed, numbers);
  const actor = who(ctx.actor);
  return {
    id: order.orderId,
    region_id: ctx.regionId,
    customer_id: order.customerId,
    buyer_organisation_id: order.buyerOrganisationId ?? null,
    organisation_id: order.organisationId ?? null,
    subject_kind: order.subject.kind,
    subject_id: order.subject.id,
    category_id: order.categoryId,
    currency: market.currency satisfies CurrencyCode,
    jurisdiction: market.country,
    product: order.lineKind,
    mode: isFarAhead && !order.ceiling ? 'save_card' : 'pay_now',
    zone: order.zone ?? market.zone,
    starts_at: order.startsAt,
    is_ceiling: order.ceiling ?? false,
    agreed_minor: agreed,
    numbers_version: market.numbersVersion,
    commission_bp: commission.rateBp,
    commission_level: commission.level,
    commission_vat_bp: numbers.vatBp,
    hold_days: window.days,
    two_people: window.twoPeople,
    opened_at: now,
    actor_kind: actor.kind,
    actor_id: actor.id,
  };
}

/** References are short enough for people to read out, so that two may meet; then another is drawn. */
async function insertWithReference(
  ctx: Ctx,
  row: Omit<store.NewOrderRow, 'reference'>,
  lines: store.NewLineRow[],
): Promise<void> {
  for (let tries = 0; tries < 5; tries += 1) {
    if (await store.insertOrder(ctx, { ...row, reference: newReference('PL') }, lines)) return;
  }
  throw new Error('five references in a row were taken');
}

interface Sale {
  organisationId?: string | undefined;
  categoryId: string;
  zoneId?: string | undefined;
  campaignId?: string | undefined;
}

/** The rate of commission of a sale, by the precedence campaign, provider, category in a zone, category, region. */
export async function commissionFor(ctx: Ctx, sale: Sale, regionRateBp: number): Promise<CommissionRule> {
  const subjects: [CommissionLevel, string | undefined][] = [
    ['campaign', sale.campaignId],
    ['provider_tier', sale.organisationId],
    ['category_zone', sale.zoneId && `${sale.categoryId}@${sale.zoneId}`],
    ['category', sale.categoryId],
  ];
  const wanted = subjects.flatMap(([level, subject]) => (subject ? [`${level}:${subject}`] : []));
  const rows = await store.commissionRules.all(ctx, ctx.regionId, wanted);
  return commissionRate(
    rows.flatMap(({ level, rate_bp }) => ruleOf(level, rate_bp)),
    regionRateBp,
  );
}

function ruleOf(level: string, rateBp: number): CommissionRule[] {
  const known = commissionLevels.find((word) => word === level);
  return known ? [{ level: known, rateBp }] : [];
}

export interface Quote {
  commissionBp: number;
  commission: bigint;
  vatOnCommission: bigint;
  providerNet: bigint;
}

/** How a price would divide if it were sold now: for a provider who sets it and a customer who asks. */
export async function quoteSplit(ctx: Ctx, sale: Sale & { grossMinor: bigint; vatRateBp: number }): Promise<Quote> {
  const { numbers } = await marketOf(ctx);
  const { rateBp } = await commissionFor(ctx, sale, numbers.commissionBp);
  const split = splitGross(sale.grossMinor, {
    vatRateBp: sale.vatRateBp,
    commissionBp: rateBp,
    commissionVatBp: numbers.vatBp,
  });
  return {
    commissionBp: rateBp,
    commission: split.commission,
    vatOnCommission: split.vatOnCommission,
    providerNet: split.provider,
  };
}
