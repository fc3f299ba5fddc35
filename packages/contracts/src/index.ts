import { bookingRefusals, bookingRoutes } from './booking.ts';
import { calendarRefusals, calendarRoutes } from './calendar.ts';
import { commonRefusals } from './common.ts';
import { identityRefusals, identityRoutes } from './identity.ts';
import { opsRefusals, opsRoutes } from './ops.ts';
import { paymentRefusals, paymentRoutes } from './payments.ts';
import type { Route } from './route.ts';
import { trustRefusals, trustRoutes } from './trust.ts';

/** All routes by module; a module's routes appear here when it has its contract. */
export const routes = {
  identity: identityRoutes,
  trust: trustRoutes,
  calendar: calendarRoutes,
  payments: paymentRoutes,
  booking: bookingRoutes,
  ops: opsRoutes,
} as const satisfies Record<string, Record<string, Route>>;

/** Every way the API says no, with its HTTP status. */
export const refusals = { ...commonRefusals, ...identityRefusals, ...trustRefusals, ...opsRefusals, ...calendarRefusals, ...bookingRefusals, ...paymentRefusals } as const;

export type RefusalCode = keyof typeof refusals;
