import type { PlanView } from '@plumbline/contracts/calendar';
import type { ReactNode } from 'react';
import type { Failure } from '../../../lib/act.ts';
import { ActionForm, type FormState } from '../../../lib/Form.tsx';
import { useT } from '../../../lib/i18n.tsx';
import { Button } from '../../../ui/Button.tsx';
import { FieldError, fieldId } from '../../../ui/Field.tsx';
import { cx } from '../../../ui/cx.ts';
import { usualWeek, weekdays, type Weekday, type WeeklyHours } from './week.ts';

interface WeekFormProps {
  plan: PlanView;
  formKey: string;
  failure: Failure | undefined;
}

/** The hours of every week, a row for each day. What is not ticked is closed, whatever its times say. */
export function WeekForm({ plan, formKey, failure }: WeekFormProps): ReactNode {
  const t = useT();
  // A calendar that nobody wrote yet begins with the usual week, so that a press on the button is enough.
  const weekly = plan.updatedAt ? plan.weekly : usualWeek;
  return (
    <ActionForm intent="week" formKey={formKey} failure={failure}>
      {(form) => (
        <div className="grid gap-5">
          <input type="hidden" name="zone" value={plan.zone} />
          <div className="overflow-hidden rounded-card border border-line bg-sheet">
            {weekdays.map((weekday) => (
              <DayRow key={weekday} weekday={weekday} weekly={weekly} form={form} sent={failure?.intent === 'week'} />
            ))}
          </div>
          {plan.can.edit && (
            <Button className="justify-self-start max-sm:w-full" size="large" busy={form.busy && t('studio.busy')}>
              {t('studio.hours.submit')}
            </Button>
          )}
        </div>
      )}
    </ActionForm>
  );
}

interface DayRowProps {
  weekday: Weekday;
  weekly: WeeklyHours;
  form: FormState;
  /** The form came back: what is not among its values was not ticked. */
  sent: boolean;
}

function DayRow({ weekday, weekly, form, sent }: DayRowProps): ReactNode {
  const t = useT();
  const day = t(`studio.hours.weekday.${weekday}`);
  const hours = weekly.filter((one) => one.weekday === weekday);
  const on = sent ? form.value(`on.${weekday}`) === 'yes' : hours.length > 0;
  const error = form.error(`from1.${weekday}`) ?? form.error(`from2.${weekday}`);
  const id = fieldId(`on.${weekday}`);
  return (
    <fieldset
      className={cx(
        'group/day border-b border-line px-4 py-3 last:border-0 sm:px-5',
        error && 'border-s-4 border-s-bad',
      )}
    >
      <legend className="sr-only">{day}</legend>
      {error && <FieldError>{error}</FieldError>}
      <div className="grid items-center gap-x-6 gap-y-2 sm:grid-cols-[9rem_minmax(0,1fr)]">
        <div className="relative flex min-h-10 items-center gap-3">
          <input
            type="checkbox"
            id={id}
            name={`on.${weekday}`}
            value="yes"
            defaultChecked={on}
            className="size-5"
            aria-label={t('studio.hours.day', { day })}
          />
          <label htmlFor={id} className="font-strong before:absolute before:inset-0">
            {day}
          </label>
          <span className="ms-auto text-14 text-ink-muted group-has-[input[type=checkbox]:checked]/day:hidden sm:hidden">
            {t('studio.hours.closed')}
          </span>
        </div>
        <DayTimes weekday={weekday} day={day} hours={hours} form={form} />
        <p className="text-ink-muted group-has-[input[type=checkbox]:checked]/day:hidden max-sm:hidden">
          {t('studio.hours.closed')}
        </p>
      </div>
    </fieldset>
  );
}

type DayTimesProps = Pick<DayRowProps, 'weekday' | 'form'> & { day: string; hours: WeeklyHours };

/** One pair of times; the second, after a break, is folded away until somebody wants it. */
function DayTimes({ weekday, day, hours: [first, second], form }: DayTimesProps): ReactNode {
  const t = useT();
  const pair = (n: 1 | 2, from: string | undefined, to: string | undefined): ReactNode => (
    <Pair
      n={n}
      weekday={weekday}
      day={day}
      from={form.value(`from${n}.${weekday}`, from)}
      to={form.value(`to${n}.${weekday}`, to)}
    />
  );
  return (
    <div className="group-has-[input[type=checkbox]:not(:checked)]/day:hidden">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        {pair(1, first?.from ?? '08:00', first?.to ?? '17:00')}
        <details open={Boolean(form.value(`from2.${weekday}`, second?.from))} className="group/break">
          <summary className="inline-flex min-h-9 list-none items-center text-14 font-medium text-action group-open/break:hidden [&::-webkit-details-marker]:hidden">
            {t('studio.hours.more')}
          </summary>
          <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
            <span className="text-14 text-ink-muted">{t('studio.hours.and')}</span>
            {pair(2, second?.from, second?.to)}
          </div>
        </details>
      </div>
    </div>
  );
}

interface PairProps {
  n: 1 | 2;
  weekday: Weekday;
  day: string;
  from: string | undefined;
  to: string | undefined;
}

const timeLook = 'min-h-10 w-[8.25rem] rounded-control border border-line-strong bg-sheet px-2.5 text-16 tabular-nums';

function Pair({ n, weekday, day, from, to }: PairProps): ReactNode {
  const t = useT();
  const label =
    n === 1
      ? (['studio.hours.from', 'studio.hours.to'] as const)
      : (['studio.hours.from2', 'studio.hours.to2'] as const);
  return (
    <span className="inline-flex items-center gap-2">
      <input
        type="time"
        step={300}
        id={fieldId(`from${n}.${weekday}`)}
        name={`from${n}.${weekday}`}
        defaultValue={from}
        aria-label={t(label[0], { day })}
        className={timeLook}
      />
      <span className="text-14 text-ink-muted">{t('studio.hours.dash')}</span>
      <input
        type="time"
        step={300}
        name={`to${n}.${weekday}`}
        defaultValue={to}
        aria-label={t(label[1], { day })}
        className={timeLook}
      />
    </span>
  );
}
