import { trustRoutes } from '@plumbline/contracts/trust';
import { encodeCursor, timeAndIdAfter } from '../../platform/cursor.ts';
import { on } from '../../platform/http/module.ts';
import { presentProof, presentReview } from './present.ts';
import * as trust from './service.ts';

export const routes = [
  on(trustRoutes.verifications, async (ctx, { params: { organisationId } }) => {
    const proofs = await trust.proofsOf(ctx, organisationId);
    const { mayPublish } = await trust.gateOf(ctx, organisationId);
    return { items: proofs.map(presentProof), mayPublish };
  }),

  on(trustRoutes.submit, async (ctx, { params: { organisationId, kind }, body: { reference, expiresOn } }, http) => {
    const document = http.files.find((file) => file.field === 'document');
    const submission = { kind, document, reference, expiresOn };
    return presentProof(await trust.submit(ctx, organisationId, submission));
  }),

  on(trustRoutes.reviews, async (ctx, { query: { state = 'open', cursor, limit = 20 } }) => {
    const found = await trust.reviews(ctx, state, timeAndIdAfter(cursor), limit + 1);
    const items = found
      .slice(0, limit)
      .map(({ row, organisationName }) => presentReview(row, organisationName, ctx.clock.now()));
    const last = items.at(-1);
    if (found.length <= limit || !last) return { items };
    return { items, next: encodeCursor([last.submittedAt, last.verificationId]) };
  }),

  on(trustRoutes.document, async (ctx, { params }) => trust.documentOf(ctx, params.verificationId)),

  on(trustRoutes.decide, async (ctx, { params, body }) => {
    const { row, organisationName } = await trust.decide(ctx, params.verificationId, body.decision, body.reason);
    return presentReview(row, organisationName, ctx.clock.now());
  }),
];
