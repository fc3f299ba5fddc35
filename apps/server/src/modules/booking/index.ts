export { countsByState, penaltiesOf } from './read.ts';
export type { BookingEventType } from './events.ts';
