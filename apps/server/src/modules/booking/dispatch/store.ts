import type { OfferState } from '@plumbline/domain/booking';
import { statement } from '../../../platform/db/statement.ts';
import type { OfferRow } from '../tables.ts';

const columns = `id, region_id, booking_id, wave, place, resource_id, lead_id, organisation_id, provider_name, service_id,
  title, price_minor, vat_rate_bp, duration_minutes, buffer_before_minutes, buffer_after_minutes, distance_metres, state,
  offered_at, until`;

/** A wave at once; JSON of rows. */
export const insert = statement<never, [string]>(
  'booking.insertOffers',
  `insert into booking_offer (${columns}) select ${columns} from jsonb_populate_recordset(null::booking_offer, $1::jsonb)`,
);

export const byId = statement<OfferRow, [string, string]>(
  'booking.offerById',
  `select ${columns} from booking_offer where region_id = $1 and id = $2`,
);

export const ofBooking = statement<OfferRow, [string, string]>(
  'booking.offersOf',
  `select ${columns} from booking_offer where region_id = $1 and booking_id = $2 order by wave, place`,
);

export const setState = statement<never, [string, string, OfferState, Date]>(
  'booking.setOfferState',
  'update booking_offer set state = $3, answered_at = $4 where region_id = $1 and id = $2',
);

/** Closes all that still wait for an answer. */
export const closeOpen = statement<
  { id: string; lead_id: string; organisation_id: string },
  [string, string, OfferState, Date]
>(
  'booking.closeOffers',
  `update booking_offer set state = $3, answered_at = $4
   where region_id = $1 and booking_id = $2 and state = 'offered' returning id, lead_id, organisation_id`,
);

export interface LiveOfferRow extends OfferRow {
  area: string;
  note: string | null;
  time_zone: string;
  currency: string;
}

/** Offers that wait for this person, or for the crews whose work they run. */
export const live = statement<LiveOfferRow, [string, string, string[], Date]>(
  'booking.liveOffers',
  `select o.id, o.region_id, o.booking_id, o.wave, o.place, o.resource_id, o.lead_id, o.organisation_id, o.provider_name,
     o.service_id, o.title, o.price_minor, o.vat_rate_bp, o.duration_minutes, o.buffer_before_minutes,
     o.buffer_after_minutes, o.distance_metres, o.state, o.offered_at, o.until, b.area, b.note, b.time_zone, b.currency
   from booking_offer o join booking b on b.region_id = o.region_id and b.id = o.booking_id
   where o.region_id = $1 and o.state = 'offered' and (o.lead_id = $2 or o.organisation_id = any($3::uuid[])) and o.until > $4
   order by o.until, o.id limit 50`,
);
