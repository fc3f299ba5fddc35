import './messages.ts';

export { BookingRow } from './parts/BookingRow.tsx';
export { bookingTone } from './parts/words.ts';
