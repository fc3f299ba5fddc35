import type { MessageKey } from '@plumbline/i18n';
import { companyOf, may, type Me } from '../lib/session.ts';
import { paths } from '../paths.ts';
import type { IconName } from '../ui/Icon.tsx';

export interface Place {
  to: string;
  label: MessageKey;
  icon: IconName;
}

const explore: Place = { to: paths.explore(), label: 'shell.nav.explore', icon: 'search' };
const bookings: Place = { to: paths.bookings(), label: 'shell.nav.bookings', icon: 'calendar' };
const work: Place = { to: paths.work(), label: 'shell.nav.work', icon: 'briefcase' };
const calendar: Place = { to: paths.workCalendar(), label: 'shell.nav.calendar', icon: 'clock' };
const earnings: Place = { to: paths.earnings(), label: 'shell.nav.earnings', icon: 'bank' };
const studio: Place = { to: paths.studio(), label: 'shell.nav.studio', icon: 'document' };
const admin: Place = { to: paths.admin(), label: 'shell.nav.admin', icon: 'target' };

/**
 * What the shell shows to whom, in order. A person with several parts sees them all in one shell; nothing is shown
 * that the server would refuse.
 */
export function placesOf(me: Me | null): Place[] {
  if (!me) return [explore];
  const buys = may(me, 'booking:buy');
  const works = may(me, 'booking:work') || may(me, 'booking:confirm');
  return [
    ...(works ? [work, calendar] : []),
    ...(may(me, 'earnings:view') && companyOf(me) ? [earnings] : []),
    ...(may(me, 'catalogue:edit') && companyOf(me) ? [studio] : []),
    ...(may(me, 'ops:view') ? [admin] : []),
    ...(buys || !works ? [explore, bookings] : []),
  ];
}
