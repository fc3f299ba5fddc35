import { matchingRoutes } from '@plumbline/contracts/matching';
import { scoreParts, partsOf } from '@plumbline/domain/ranking';
import { on } from '../../platform/http/module.ts';
import { replay } from './answers.ts';
import { countOf } from './facets.ts';
import { providerFront, servicePage } from './pages.ts';
import { search } from './search.ts';
import { whyNotShown } from './visibility.ts';
import { suggestions } from './words.ts';

export const routes = [
  on(matchingRoutes.search, (ctx, { query }) => search(ctx, query)),

  on(matchingRoutes.suggest, async (ctx, { query: { q } }) => {
    const found = await suggestions(ctx, q);
    return { items: found.map(({ text, documents }) => ({ text, count: countOf(documents) })) };
  }),

  on(matchingRoutes.service, (ctx, { params }) => servicePage(ctx, params.serviceId)),

  on(matchingRoutes.provider, (ctx, { params }) => providerFront(ctx, params.slug)),

  on(matchingRoutes.visibility, (ctx, { params, query }) => whyNotShown(ctx, params.serviceId, query)),

  on(matchingRoutes.replay, async (ctx, { params }) => {
    const { row, items, isSame } = await replay(ctx, params.searchId);
    return {
      searchId: row.id,
      at: row.at.toISOString(),
      weightsVersion: row.weights_version,
      query: row.query,
      same: isSame && items.every(({ score, replayed }) => score === replayed),
      items: items.map(({ serviceId, score, replayed, inputs }) => {
        const parts = partsOf(inputs, Number(row.market_bookings));
        return {
          serviceId,
          recordedScore: score,
          replayedScore: replayed,
          parts: Object.fromEntries(scoreParts.map((part) => [part, parts[part]])),
        };
      }),
    };
  }),
];
