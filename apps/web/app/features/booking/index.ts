import './messages.ts';

export { BookingRow } from './parts/BookingRow.tsx';
export { bookingTone, isMyTurn } from './parts/words.ts';
