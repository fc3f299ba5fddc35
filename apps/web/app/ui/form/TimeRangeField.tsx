import { useState, type ReactNode } from 'react';
import { useT } from '../../lib/i18n.tsx';
import { cx } from '../cx.ts';
import { Choice, control, edge, fieldId } from '../Field.tsx';
import '../messages.ts';

interface TimeRangeProps {
  label: ReactNode;
  /** Posts `<name>.from` and `<name>.until`, as `09:00`. */
  name: string;
  hint?: ReactNode;
  error?: string | undefined;
  from?: string;
  until?: string;
  /** Minutes between two times that can be chosen. */
  step?: number;
  disabled?: boolean;
}

const minutesOf = (time: string): number | undefined => {
  const [, hours, minutes] = /^(\d{2}):(\d{2})/.exec(time) ?? [];
  return hours === undefined || minutes === undefined ? undefined : Number(hours) * 60 + Number(minutes);
};

/** The hours from one time to another of the same day; undefined when they are no span. */
export function hoursBetween(from: string, until: string): number | undefined {
  const begin = minutesOf(from);
  const end = minutesOf(until);
  return begin === undefined || end === undefined || end <= begin ? undefined : (end - begin) / 60;
}

/** A span of one day: two native time fields, and how long it is. */
export function TimeRangeField(props: TimeRangeProps): ReactNode {
  const { label, name, hint, error, step = 15, disabled } = props;
  const t = useT();
  const [times, setTimes] = useState({ from: props.from ?? '', until: props.until ?? '' });
  const hours = hoursBetween(times.from, times.until);
  const id = fieldId(name);
  return (
    <Choice legend={label} name={name} hint={hint} error={error}>
      <div className="flex flex-wrap items-end gap-3">
        {(['from', 'until'] as const).map((end) => (
          <div key={end}>
            <label htmlFor={`${id}-${end}`} className="mb-1 block text-14 text-ink-muted">
              {t(`part.time.${end}`)}
            </label>
            <input
              type="time"
              id={`${id}-${end}`}
              name={`${name}.${end}`}
              step={step * 60}
              value={times[end]}
              disabled={disabled}
              onChange={({ currentTarget }) => setTimes((before) => ({ ...before, [end]: currentTarget.value }))}
              aria-invalid={error ? true : undefined}
              aria-describedby={error ? `${id}-error` : undefined}
              className={cx(control, edge(error), 'min-h-touch min-w-32 tabular-nums')}
            />
          </div>
        ))}
        <output htmlFor={`${id}-from ${id}-until`} className="pb-3 text-14 text-ink-muted tabular-nums">
          {hours !== undefined && t.number(hours, { style: 'unit', unit: 'hour', unitDisplay: 'long' })}
        </output>
      </div>
    </Choice>
  );
}
