import { bookingRoutes } from '@plumbline/contracts/booking';
import { encodeCursor, timeAndIdAfter } from '../../platform/cursor.ts';
import { refuse } from '../../platform/errors.ts';
import { on } from '../../platform/http/module.ts';
import * as assignment from './assignment/service.ts';
import * as confirming from './deal/confirm.ts';
import * as ending from './deal/end.ts';
import * as problem from './deal/problem.ts';
import * as work from './deal/work.ts';
import * as photo from './photo/service.ts';
import * as policy from './policy.ts';
import { presentFee, presentListed } from './present.ts';
import * as reading from './read.ts';
import { show, shown } from './show.ts';
import { saleRoutes } from './sale/routes.ts';
import * as time from './time/service.ts';

const minor = (digits: string | undefined): bigint | undefined => (digits === undefined ? undefined : BigInt(digits));
const moment = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text));

export const routes = [
  ...saleRoutes,

  on(bookingRoutes.list, async (ctx, { query }) => {
    const { view, organisationId, group, state, from, to, cursor, limit = 20 } = query;
    const wish = { view, organisationId, group, state, from: moment(from), to: moment(to) };
    const rows = await reading.list(ctx, { ...wish, after: timeAndIdAfter(cursor), limit: limit + 1 });
    const shownRows = rows.slice(0, limit);
    const items = shownRows.map((row) =>
      presentListed(row, policy.viewOf(ctx.actor, row) ?? refuse('access.not_found')),
    );
    const last = shownRows.at(-1);
    return rows.length > limit && last
      ? { items, next: encodeCursor([last.sort_at.toISOString(), last.id]) }
      : { items };
  }),

  on(bookingRoutes.get, (ctx, { params }) => show(ctx, params.bookingId)),

  on(bookingRoutes.confirm, async (ctx, { params, body }) =>
    shown(ctx, await confirming.confirm(ctx, params.bookingId, body)),
  ),

  on(bookingRoutes.decline, async (ctx, { params, body }) =>
    shown(ctx, await confirming.decline(ctx, params.bookingId, body)),
  ),

  on(bookingRoutes.cancellationQuote, async (ctx, { params }) => {
    const { booking, fee } = await ending.quote(ctx, params.bookingId);
    return presentFee(fee, booking);
  }),

  on(bookingRoutes.cancel, async (ctx, { params, body }) =>
    shown(ctx, await ending.cancel(ctx, params.bookingId, { ...body, feeMinor: BigInt(body.feeMinor) })),
  ),

  on(bookingRoutes.proposeTime, async (ctx, { params, body }) =>
    shown(ctx, await time.propose(ctx, params.bookingId, { ...body, start: new Date(body.start) })),
  ),

  on(bookingRoutes.answerTime, async (ctx, { params, body }) =>
    shown(ctx, await time.answer(ctx, params.bookingId, params.proposalId, body)),
  ),

  on(bookingRoutes.assign, async (ctx, { params, body }) =>
    shown(ctx, await assignment.assign(ctx, params.bookingId, body.personId, body.version)),
  ),

  on(bookingRoutes.answerAssignment, async (ctx, { params, body }) => {
    const answered = await assignment.answer(ctx, params.bookingId, params.assignmentId, body);
    return shown(ctx, answered);
  }),

  on(bookingRoutes.start, async (ctx, { params, body }) => shown(ctx, await work.start(ctx, params.bookingId, body))),

  on(bookingRoutes.addPhoto, async (ctx, { params }, http) => {
    const file = http.files.find((one) => one.field === 'file');
    return { fileId: await photo.add(ctx, params.bookingId, file) };
  }),

  on(bookingRoutes.photo, (ctx, { params }) => photo.read(ctx, params.bookingId, params.fileId)),

  on(bookingRoutes.complete, async (ctx, { params, body }) =>
    shown(ctx, await work.complete(ctx, params.bookingId, body)),
  ),

  on(bookingRoutes.reportAbsence, async (ctx, { params, body }) =>
    shown(ctx, await ending.reportAbsence(ctx, params.bookingId, body)),
  ),

  on(bookingRoutes.accept, async (ctx, { params, body }) => shown(ctx, await work.accept(ctx, params.bookingId, body))),

  on(bookingRoutes.reportProblem, async (ctx, { params, body }) =>
    shown(ctx, await problem.report(ctx, params.bookingId, body)),
  ),

  on(bookingRoutes.resolveProblem, async (ctx, { params, body }) => {
    const resolution = { ...body, refundMinor: minor(body.refundMinor) };
    return shown(ctx, await problem.resolve(ctx, params.bookingId, resolution));
  }),
];
