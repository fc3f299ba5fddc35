import { calendarRoutes } from '@plumbline/contracts/calendar';

import { on } from '../../platform/http/module.ts';
import * as plan from './plan/service.ts';
import { presentClaim, presentPlan, presentResource } from './present.ts';
import * as calendar from './service.ts';

const rangeOf = ({ from, to }: { from: string; to: string }) => ({ from: new Date(from), to: new Date(to) });

export const routes = [
  on(calendarRoutes.plan, async (ctx, { params }) => presentPlan(await plan.planOf(ctx, params.resourceId))),

  on(calendarRoutes.setPlan, async (ctx, { params, body }) =>
    presentPlan(await plan.setPlan(ctx, params.resourceId, body.zone, body.weekly)),
  ),

  on(calendarRoutes.setException, async (ctx, { params, body }) =>
    presentPlan(await plan.setException(ctx, params.resourceId, params.date, body.hours, body.note)),
  ),

  on(calendarRoutes.removeException, async (ctx, { params }) =>
    presentPlan(await plan.removeException(ctx, params.resourceId, params.date)),
  ),

  on(calendarRoutes.claims, async (ctx, { params, query }) => {
    const { zone, rows, mayEdit } = await calendar.claimsOf(ctx, params.resourceId, rangeOf(query));
    return { zone, items: rows.map((row) => presentClaim(row, zone, mayEdit)) };
  }),

  on(calendarRoutes.block, async (ctx, { params, body }) => {
    const { claim, zone, mayEdit } = await calendar.block(ctx, params.resourceId, rangeOf(body), body.label);
    return presentClaim(claim, zone, mayEdit);
  }),

  on(calendarRoutes.unblock, async (ctx, { params }) => {
    await calendar.unblock(ctx, params.resourceId, params.claimId);
    return { removed: true };
  }),

  on(calendarRoutes.resources, async (ctx, { params }) => {
    const resources = await plan.resources(ctx, params.organisationId);
    const zone = await plan.marketZone(ctx);
    return { items: resources.map((resource) => presentResource(resource, zone)) };
  }),

  on(calendarRoutes.addCrew, async (ctx, { params, body }) =>
    presentResource(await plan.addCrew(ctx, params.organisationId, body), body.zone),
  ),
];
