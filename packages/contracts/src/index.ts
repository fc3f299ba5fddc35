import { bookingRefusals, bookingRoutes } from './booking.ts';
import { calendarRefusals, calendarRoutes } from './calendar.ts';
import { catalogueRefusals, catalogueRoutes } from './catalogue.ts';
import { commonRefusals } from './common.ts';
import { identityRefusals, identityRoutes } from './identity.ts';
import { ledgerRefusals } from './ledger.ts';
import { matchingRefusals, matchingRoutes } from './matching.ts';
import { opsRefusals, opsRoutes } from './ops.ts';
import { paymentRefusals, paymentRoutes } from './payments.ts';
import type { Route } from './route.ts';
import { trustRefusals, trustRoutes } from './trust.ts';
import { zonesRefusals, zonesRoutes } from './zones.ts';

/** All routes by module; a module's routes appear here when it has its contract. */
export const routes = {
  zones: zonesRoutes,
  identity: identityRoutes,
  trust: trustRoutes,
  catalogue: catalogueRoutes,
  calendar: calendarRoutes,
  matching: matchingRoutes,
  payments: paymentRoutes,
  booking: bookingRoutes,
  ops: opsRoutes,
} as const satisfies Record<string, Record<string, Route>>;

/** Every way the API says no, with its HTTP status. */
export const refusals = {
  ...commonRefusals,
  ...zonesRefusals,
  ...ledgerRefusals,
  ...catalogueRefusals,
  ...matchingRefusals,
  ...identityRefusals,
  ...trustRefusals,
  ...opsRefusals,
  ...calendarRefusals,
  ...bookingRefusals,
  ...paymentRefusals,
} as const;

export type RefusalCode = keyof typeof refusals;
