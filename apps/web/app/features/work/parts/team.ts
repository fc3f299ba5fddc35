import type { ClaimView, PlanView } from '@plumbline/contracts/calendar';
import { localDate } from '@plumbline/i18n/dates';

/** One person or crew in a week. */
export interface TeamRow {
  resourceId: string;
  name: string;
  hasHours: boolean;
  plan: Pick<PlanView, 'weekly' | 'exceptions'>;
  claims: ClaimView[];
}

export interface DayOfRow {
  row: TeamRow;
  claims: ClaimView[];
  hours: { from: string; to: string }[];
}

/** What is taken on a local day, in order: also what began the day before and still goes on. */
export function dayOf(row: TeamRow, day: string, zone: string): DayOfRow {
  const claims = row.claims
    .filter(({ from, to }) => localDate(new Date(from.at), zone) <= day && day <= lastDayOf(to.at, zone))
    .toSorted((one, other) => one.from.at.localeCompare(other.from.at));
  return { row, claims, hours: hoursOn(row, day) };
}

/** Half-open: what ends at midnight does not reach into the next day. */
const lastDayOf = (to: string, zone: string): string => localDate(new Date(Date.parse(to) - 1), zone);

function hoursOn({ plan }: TeamRow, day: string): { from: string; to: string }[] {
  const exception = plan.exceptions.find(({ date }) => date === day);
  if (exception) return exception.hours;
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
  return plan.weekly.filter((hours) => hours.weekday === weekday);
}
