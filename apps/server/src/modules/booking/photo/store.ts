import { statement } from '../../../platform/db/statement.ts';
import type { PhotoRow } from '../tables.ts';

export const insert = statement<never, [string, string, string, 'customer' | 'provider', string, Date]>(
  'booking.insertPhoto',
  `insert into booking_photo (region_id, booking_id, file_id, by_side, person_id, at) values ($1, $2, $3, $4, $5, $6)`,
);

export const ofBooking = statement<PhotoRow, [string, string]>(
  'booking.photosOf',
  'select file_id, by_side, at from booking_photo where region_id = $1 and booking_id = $2',
);
