import type { BookingView } from '@plumbline/contracts/booking';
import type { Ctx } from '../../platform/ctx.ts';
import { presentBooking } from './present.ts';
import { pageOf, pageOfRow } from './read.ts';
import type { BookingRow } from './tables.ts';

/** The booking as its reader sees it after an act. */
export async function shown(ctx: Ctx, booking: BookingRow): Promise<BookingView> {
  return presentBooking(await pageOfRow(ctx, booking), ctx.clock.now());
}

/** The booking as its reader sees it. */
export async function show(ctx: Ctx, bookingId: string): Promise<BookingView> {
  return presentBooking(await pageOf(ctx, bookingId), ctx.clock.now());
}
