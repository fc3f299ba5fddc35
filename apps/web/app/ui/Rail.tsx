import type { ReactNode } from 'react';
import { useT } from '../lib/i18n.tsx';
import { cx } from './cx.ts';
import { LineStop, type StopState } from './Line.tsx';

export interface RailStop {
  key: string;
  label: ReactNode;
  state: StopState;
  /** What it means for the reader, in a sentence. Shown at the present stop and where something went another way. */
  detail?: ReactNode;
  amount?: ReactNode;
  at?: ReactNode;
}

export interface RailNext {
  who: ReactNode;
  act: ReactNode;
  by?: ReactNode;
}

/**
 * The money rail: where the money of a deal is. A vertical line with a bob at the present stage; what comes next is
 * named, with who does it and until when.
 */
export function MoneyRail({
  label,
  stops,
  next,
}: {
  label: string;
  stops: RailStop[];
  next?: RailNext | undefined;
}): ReactNode {
  return (
    <ol aria-label={label} className="m-0 list-none p-0">
      {stops.map((stop, index) => (
        <LineStop key={stop.key} state={stop.state} last={index === stops.length - 1}>
          <RailText stop={stop} />
          {stop.state === 'now' && next && <NextAct next={next} />}
        </LineStop>
      ))}
    </ol>
  );
}

function RailText({ stop }: { stop: RailStop }): ReactNode {
  const quiet = stop.state === 'later';
  return (
    <>
      <p className="flex items-baseline justify-between gap-4">
        <span className={cx(stop.state === 'now' ? 'heading text-18' : 'font-medium', quiet && 'text-ink-muted')}>
          {stop.label}
        </span>
        {stop.amount && (
          <span
            className={cx('shrink-0 tabular-nums', stop.state === 'now' ? 'text-18 font-strong' : 'text-ink-muted')}
          >
            {stop.amount}
          </span>
        )}
      </p>
      {stop.at && <p className="text-14 text-ink-muted tabular-nums">{stop.at}</p>}
      {stop.detail && (
        <p className={cx('mt-1', stop.state !== 'now' && 'text-14', quiet && 'text-ink-muted')}>{stop.detail}</p>
      )}
    </>
  );
}

function NextAct({ next }: { next: RailNext }): ReactNode {
  const t = useT();
  return (
    <p className="mt-3 rounded-control bg-brass-soft px-3 py-2.5 text-14">
      <span className="me-1.5 font-strong text-brass-ink">{t('ui.rail.next')}</span>
      <span className="font-strong">{next.who}</span> {next.act}
      {next.by && <span className="block text-ink-muted tabular-nums">{next.by}</span>}
    </p>
  );
}

/** The same rail as one small row: for lists of deals. Steps before `at` are behind us. */
export function MiniRail({
  steps,
  at,
  stopped = false,
  label,
}: {
  steps: number;
  at: number;
  stopped?: boolean;
  label: string;
}): ReactNode {
  const gap = 20;
  const width = (steps - 1) * gap + 16;
  const x = (step: number): number => 8 + step * gap;
  return (
    <svg
      viewBox={`0 0 ${width} 18`}
      width={width}
      height="18"
      role="img"
      aria-label={label}
      className="block rtl:-scale-x-100"
    >
      <path d={`M8 5H${x(at)}`} className="stroke-ink" strokeWidth="1.6" />
      <path
        d={`M${x(at)} 5H${x(steps - 1)}`}
        className="stroke-line-strong"
        strokeWidth="1.6"
        strokeDasharray="1.5 4"
        strokeLinecap="round"
      />
      {Array.from({ length: steps }, (_, step) => step).map((step) =>
        step === at ? null : (
          <circle
            key={step}
            cx={x(step)}
            cy="5"
            r="2.4"
            className={step < at ? 'fill-ink' : 'fill-sheet stroke-line-strong'}
            strokeWidth="1.4"
          />
        ),
      )}
      <path
        d={`M${x(at) - 4.5} 2h9c0 5-1.2 9.5-4.5 14-3.3-4.5-4.5-9-4.5-14z`}
        className={stopped ? 'fill-bad' : 'fill-brass stroke-brass-deep'}
        strokeWidth="1"
      />
    </svg>
  );
}

export interface TimelineItem {
  key: string;
  title: ReactNode;
  at?: ReactNode;
  detail?: ReactNode;
  state?: StopState;
}

/** What happened and what is to come, in order, on the same line. */
export function Timeline({ label, items }: { label: string; items: TimelineItem[] }): ReactNode {
  return (
    <ol aria-label={label} className="m-0 list-none p-0">
      {items.map((item, index) => (
        <LineStop key={item.key} state={item.state ?? 'done'} last={index === items.length - 1}>
          <p className={cx('font-medium', item.state === 'later' && 'text-ink-muted')}>{item.title}</p>
          {item.at && <p className="text-14 text-ink-muted tabular-nums">{item.at}</p>}
          {item.detail && <div className="mt-1 text-14">{item.detail}</div>}
        </LineStop>
      ))}
    </ol>
  );
}
