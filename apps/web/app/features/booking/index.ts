import './messages.ts';

export { BookingRow } from './parts/BookingRow.tsx';
export { isMyTurn } from './parts/words.ts';
