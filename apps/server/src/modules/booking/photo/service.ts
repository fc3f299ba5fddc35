import { takesPhotos } from '@plumbline/domain/booking';
import { audit } from '../../../platform/audit.ts';
import { personOf, type Ctx } from '../../../platform/ctx.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import { refuse } from '../../../platform/errors.ts';
import * as storage from '../../../platform/storage.ts';
import { announce } from '../events.ts';
import { lock } from '../machine.ts';
import * as policy from '../policy.ts';
import * as bookings from '../store.ts';
import * as store from './store.ts';

const photosAtMost = 40;

/** Adds a photo of the work or of a problem. Refuses `booking.photo_unknown` for anything but a picture. */
export async function add(
  ctx: Ctx,
  bookingId: string,
  file: { bytes: Uint8Array; name: string } | undefined,
): Promise<string> {
  if (!file || !storage.sniff(file.bytes)?.startsWith('image/')) return refuse('booking.photo_unknown');
  return inTransaction(ctx, async (ctx) => {
    const booking = await lock(ctx, bookingId);
    const party = policy.requireParty(ctx.actor, booking, 'customer', 'lead', 'provider');
    const known = await store.ofBooking.all(ctx, booking.region_id, booking.id);
    if (!takesPhotos(booking.state) || known.length >= photosAtMost)
      refuse('booking.not_now', { state: booking.state });
    const fileId = await storage.save(ctx, file);
    const side = party === 'customer' ? 'customer' : 'provider';
    await store.insert.run(ctx, booking.region_id, booking.id, fileId, side, personOf(ctx).personId, ctx.clock.now());
    await audit(ctx, { act: 'booking.add_photo', subject: `booking:${booking.id}`, detail: { fileId } });
    await announce(ctx, 'booking.photo_added', booking);
    return fileId;
  });
}

/** A photo for whoever may see the booking. */
export async function read(ctx: Ctx, bookingId: string, fileId: string): Promise<storage.StoredFile> {
  const booking = (await bookings.byId.first(ctx, ctx.regionId, bookingId)) ?? refuse('access.not_found');
  policy.requireView(ctx.actor, booking);
  const photos = await store.ofBooking.all(ctx, booking.region_id, booking.id);
  if (!photos.some((photo) => photo.file_id === fileId)) refuse('access.not_found');
  return storage.read(ctx, fileId);
}
