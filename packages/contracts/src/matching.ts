import { Type } from 'typebox';
import { closed, Id, RegionId, Slug } from './common.ts';
import { Count, ProviderFront, Replay, SearchQuery, SearchReply, ServicePage, Visibility } from './matching-views.ts';
import { route } from './route.ts';

export * from './matching-views.ts';

export const matchingRefusals = {
  'matching.place_unknown': 422,
  'matching.cursor_invalid': 422,
  'matching.window_invalid': 422,
  'matching.place_missing': 422,
} as const satisfies Record<string, number>;

const marketParams = closed({ regionId: RegionId });

export const matchingRoutes = {
  search: route({
    name: 'matching.search',
    method: 'GET',
    path: '/v1/markets/:regionId/listings',
    permission: 'public',
    summary: 'Search services',
    params: marketParams,
    query: SearchQuery,
    reply: SearchReply,
    refusals: ['region.unknown', 'matching.place_unknown', 'matching.cursor_invalid', 'matching.window_invalid'],
  }),
  suggest: route({
    name: 'matching.suggest',
    method: 'GET',
    path: '/v1/markets/:regionId/suggestions',
    permission: 'public',
    summary: 'Words of listings that begin like the text',
    params: marketParams,
    query: closed({ q: Type.String({ minLength: 1, maxLength: 60 }) }),
    reply: closed({ items: Type.Array(closed({ text: Type.String(), count: Count })) }),
    refusals: ['region.unknown'],
  }),
  service: route({
    name: 'matching.service',
    method: 'GET',
    path: '/v1/markets/:regionId/services/:serviceId',
    permission: 'public',
    summary: 'A published service',
    params: closed({ regionId: RegionId, serviceId: Id }),
    reply: ServicePage,
    refusals: ['access.not_found', 'region.unknown'],
  }),
  provider: route({
    name: 'matching.provider',
    method: 'GET',
    path: '/v1/markets/:regionId/providers/:slug',
    permission: 'public',
    summary: 'A company with its published services',
    params: closed({ regionId: RegionId, slug: Slug }),
    reply: ProviderFront,
    refusals: ['access.not_found', 'region.unknown'],
  }),
  visibility: route({
    name: 'matching.visibility',
    method: 'GET',
    path: '/v1/services/:serviceId/visibility',
    permission: 'catalogue:view-own',
    summary: 'Why one’s service is not shown, in general or for a search, and what would change it',
    params: closed({ serviceId: Id }),
    query: SearchQuery,
    reply: Visibility,
    refusals: ['access.not_found', 'matching.place_unknown', 'matching.window_invalid'],
  }),
  replay: route({
    name: 'matching.replay',
    method: 'GET',
    path: '/v1/admin/searches/:searchId',
    permission: 'ops:view',
    summary: 'Rank a recorded search again and compare',
    params: closed({ searchId: Id }),
    reply: Replay,
    refusals: ['access.not_found'],
  }),
} as const;
