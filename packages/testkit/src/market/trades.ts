import type { CategoryId } from '@plumbline/domain/categories';
import type { OfferTemplate } from './offer.ts';
import { aroundTrades } from './trades-around.ts';
import { insideTrades } from './trades-inside.ts';

/** What a kind of company offers in the demo market. */
export const offersByTrade: Record<CategoryId, OfferTemplate[]> = { ...insideTrades, ...aroundTrades };
