import type { Api } from '@plumbline/api-client';
import type { MarketView } from '@plumbline/contracts/zones';
import type { RouterContextProvider } from 'react-router';
import { apiContext, pageContext } from './context.ts';

/** A market's zones and place names change rarely: one look a minute serves every page. */
const keepMs = 60_000;
const kept = new Map<string, { until: number; market: Promise<MarketView> }>();

export function marketOf(context: Readonly<RouterContextProvider>): Promise<MarketView> {
  return readMarket(context.get(apiContext), context.get(pageContext).regionId);
}

function readMarket(api: Api, regionId: string): Promise<MarketView> {
  const now = performance.now();
  const found = kept.get(regionId);
  if (found && found.until > now) return found.market;
  const market = api.zones.market({ params: { regionId } });
  kept.set(regionId, { until: now + keepMs, market });
  market.catch(() => kept.delete(regionId));
  return market;
}
