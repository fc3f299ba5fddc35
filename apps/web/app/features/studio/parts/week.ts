import type { PlanView } from '@plumbline/contracts/calendar';
import { FormFault, type FieldFault, type Form } from '../../../lib/act.ts';
import type { Translator } from '@plumbline/i18n/translator';

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
export type Weekday = (typeof weekdays)[number];

export type WeeklyHours = PlanView['weekly'];

/** What most trades begin with: five days from eight to five. */
export const usualWeek: WeeklyHours = weekdays.slice(0, 5).map((weekday) => ({ weekday, from: '08:00', to: '17:00' }));

const isTime = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);

/** The week as the form has it: a day that is ticked has one pair of times, or two with a break between them. */
export function readWeek(form: Form, t: Translator): WeeklyHours {
  const faults: FieldFault[] = [];
  const weekly: WeeklyHours = [];
  for (const weekday of weekdays) {
    if (form.text(`on.${weekday}`) !== 'yes') continue;
    const pairs = [1, 2]
      .map((n) => ({ from: form.text(`from${n}.${weekday}`), to: form.text(`to${n}.${weekday}`) }))
      .filter(({ from, to }, index) => index === 0 || from || to);
    const wrong = pairs.findIndex(({ from, to }) => !isTime(from) || !isTime(to));
    if (wrong >= 0) {
      const day = t(`studio.hours.weekday.${weekday}`);
      faults.push({ field: `from${wrong + 1}.${weekday}`, message: t('studio.hours.error.day', { day }) });
    }
    weekly.push(...pairs.map((pair) => ({ weekday, ...pair })));
  }
  if (faults.length > 0) throw new FormFault(...faults);
  return weekly;
}
