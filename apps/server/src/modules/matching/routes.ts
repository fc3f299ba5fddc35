import { matchingRoutes } from '@plumbline/contracts/matching';
import { scoreParts, partsOf } from '@plumbline/domain/ranking';
import { on } from '../../platform/http/module.ts';
import { replay } from './answers.ts';
import { countOf } from './facets.ts';
import { providerFront, servicePage } from './pages.ts';
import { search } from './search.ts';
import * as store from './store.ts';
import { whyNotShown } from './visibility.ts';
import { plainWords } from './words.ts';

const mostSuggestions = 8;

export const routes = [
  on(matchingRoutes.search, (ctx, { query }) => search(ctx, query)),

  on(matchingRoutes.suggest, async (ctx, { query: { q } }) => {
    const words = plainWords(q);
    const last = words.pop();
    if (last === undefined) return { items: [] };
    const found = await store.wordsLike.all(ctx, ctx.regionId, last, mostSuggestions);
    return {
      items: found.map(({ sample, documents }) => ({ text: [...words, sample].join(' '), count: countOf(documents) })),
    };
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
