import { parseDate } from '@internationalized/date';
import type { ReactNode } from 'react';
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  DateInput,
  DatePicker as AriaDatePicker,
  DateSegment,
  Dialog,
  Group,
  Heading,
  Popover,
} from 'react-aria-components';
import { useT } from '../../lib/i18n.tsx';
import { cx } from '../cx.ts';
import { control, edge, Frame, type Anatomy } from '../Field.tsx';
import { useHydrated } from '../hydrated.ts';
import { Icon } from '../Icon.tsx';
import '../messages.ts';
import { DateField } from './DateField.tsx';

interface DatePickerProps extends Anatomy {
  /** Days as `2026-12-01`. */
  value?: string | undefined;
  min?: string;
  max?: string;
  /** Days that cannot be chosen: closed, or fully booked. */
  isTaken?: (day: string) => boolean;
  disabled?: boolean;
}

const dayOf = (day: string | undefined) => (day ? parseDate(day) : undefined);

/**
 * A day with a calendar that knows which days can be had. Posts `2026-12-01`. Until the page is alive it is the native
 * field. Brings React Aria: pages that only need a day take `DateField`.
 */
export function DatePicker(props: DatePickerProps): ReactNode {
  const { label, name, hint, error, quietLabel, frameClass, value, min, max, isTaken, disabled } = props;
  const t = useT();
  const anatomy = { label, name, hint, error, quietLabel, frameClass };
  if (!useHydrated()) {
    return <DateField {...anatomy} defaultValue={value} min={min} max={max} disabled={disabled} />;
  }
  return (
    <Frame {...anatomy}>
      {({ id, labelId, describedBy, invalid }) => (
        <AriaDatePicker
          id={id}
          name={name}
          aria-labelledby={labelId}
          aria-describedby={describedBy}
          isInvalid={Boolean(invalid)}
          isDisabled={disabled}
          defaultValue={dayOf(value) ?? null}
          minValue={dayOf(min)}
          maxValue={dayOf(max)}
          isDateUnavailable={(day) => isTaken?.(day.toString()) ?? false}
        >
          <Group
            className={cx(control, edge(error), 'flex min-h-touch max-w-56 items-center pe-0 data-disabled:bg-sunk')}
          >
            <DateInput className="flex flex-1 tabular-nums">
              {(segment) => (
                <DateSegment
                  segment={segment}
                  className="rounded-tag px-0.5 outline-none data-focused:bg-action data-focused:text-on-action data-placeholder:text-ink-muted data-focused:data-placeholder:text-on-action"
                />
              )}
            </DateInput>
            <Button aria-label={t('part.date.open')} className="grid size-touch place-items-center text-ink-muted">
              <Icon name="calendar" />
            </Button>
          </Group>
          <Popover offset={4} className="rounded-card border border-line bg-sheet p-3 shadow-float">
            <Dialog className="outline-none">
              <Days />
            </Dialog>
          </Popover>
        </AriaDatePicker>
      )}
    </Frame>
  );
}

const arrow = 'grid size-touch place-items-center rounded-control hover:bg-sunk data-disabled:text-ink-faint';

const cell =
  'grid size-10 cursor-pointer place-items-center rounded-control tabular-nums outline-offset-0 hover:bg-sunk ' +
  'data-selected:bg-action data-selected:text-on-action data-disabled:cursor-not-allowed ' +
  'data-disabled:text-ink-faint data-unavailable:cursor-not-allowed data-unavailable:text-ink-faint ' +
  'data-unavailable:line-through data-outside-month:hidden';

function Days(): ReactNode {
  return (
    <Calendar>
      <header className="mb-2 flex items-center justify-between">
        <Button slot="previous" className={arrow}>
          <Icon name="arrow-start" className="rtl:-scale-x-100" />
        </Button>
        <Heading className="text-16 font-strong" />
        <Button slot="next" className={arrow}>
          <Icon name="arrow-end" className="rtl:-scale-x-100" />
        </Button>
      </header>
      <CalendarGrid weekdayStyle="short">
        <CalendarGridHeader>
          {(day) => <CalendarHeaderCell className="pb-1 text-12 font-strong text-ink-muted">{day}</CalendarHeaderCell>}
        </CalendarGridHeader>
        <CalendarGridBody>{(date) => <CalendarCell date={date} className={cell} />}</CalendarGridBody>
      </CalendarGrid>
    </Calendar>
  );
}
