export {
  listingSources,
  serviceForBooking,
  serviceIdsAfter,
  serviceIdsOf,
  serviceIdsWithPerson,
  servicesByIds,
  servicesForBooking,
  type ListingSource,
  type ServiceForBooking,
  type ZoneCapacity,
} from './doors.ts';
export { createFor } from './service.ts';
export { submitFor } from './moves.ts';
export { putProfile } from './profile.ts';
export { putCoverage } from './coverage.ts';
