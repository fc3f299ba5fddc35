import type { ReactNode } from 'react';
import { cx } from './cx.ts';

/** The brass bob: the weight of a plumb line. Drawn in two faces, so that it stays flat and still has weight. */
export function Bob({ className }: { className?: string }): ReactNode {
  return (
    <svg
      viewBox="0 0 20 30"
      width="20"
      height="30"
      className={cx('block', className)}
      aria-hidden="true"
      focusable="false"
    >
      <path d="M10 0v5" className="stroke-ink" strokeWidth="1.5" />
      <circle cx="10" cy="6" r="2.1" className="fill-none stroke-brass-deep" strokeWidth="1.6" />
      <path d="M10 9H6.4v2.6H10z" className="fill-brass" />
      <path d="M10 9h3.6v2.6H10z" className="fill-brass-deep" />
      <path d="M10 12.6H3.9c-.5 5.4 1.7 11 6.1 17.4z" className="fill-brass" />
      <path d="M10 12.6h6.1c.5 5.4-1.7 11-6.1 17.4z" className="fill-brass-deep" />
    </svg>
  );
}

/** The mark: a hairline and its bob. It swings while the page loads and comes to rest. */
export function Mark({ busy = false, className }: { busy?: boolean; className?: string }): ReactNode {
  return (
    <svg
      viewBox="0 0 20 40"
      width="20"
      height="40"
      className={cx('block', className)}
      aria-hidden="true"
      focusable="false"
    >
      <g className={busy ? 'plumb-swinging' : undefined}>
        <path d="M10 0v15" className="stroke-ink" strokeWidth="1.6" />
        <circle cx="10" cy="16.2" r="2.2" className="fill-none stroke-brass-deep" strokeWidth="1.7" />
        <path d="M10 19H6.2v2.6H10z" className="fill-brass" />
        <path d="M10 19h3.8v2.6H10z" className="fill-brass-deep" />
        <path d="M10 22.6H3.6c-.5 5.4 1.8 10.9 6.4 16.9z" className="fill-brass" />
        <path d="M10 22.6h6.4c.5 5.4-1.8 10.9-6.4 16.9z" className="fill-brass-deep" />
      </g>
    </svg>
  );
}

export type StopState = 'done' | 'now' | 'later' | 'stopped';

/**
 * One stop of a vertical line: what is done is drawn through, the bob hangs at what is now, the rest is dotted.
 * The parts that use it (money rail, timeline, wizard) decide what stands beside it.
 */
export function LineStop({
  state,
  last = false,
  children,
}: {
  state: StopState;
  last?: boolean;
  children: ReactNode;
}): ReactNode {
  return (
    <li
      className="group/stop relative grid grid-cols-[1.5rem_minmax(0,1fr)] gap-x-3"
      aria-current={state === 'now' ? 'step' : undefined}
    >
      <span className="relative flex justify-center" aria-hidden="true">
        {state !== 'now' && <Thread drawn={state !== 'later'} className="top-0 h-3 group-first/stop:hidden" />}
        {!last && <Thread drawn={state === 'done'} className={state === 'now' ? 'top-7 bottom-0' : 'top-3 bottom-0'} />}
        <Knot state={state} />
      </span>
      <div className={last ? undefined : 'pb-6'}>{children}</div>
    </li>
  );
}

/** A piece of the line: solid where the story has been, dotted where it will go. */
function Thread({ drawn, className }: { drawn: boolean; className: string }): ReactNode {
  return (
    <span
      className={cx(
        'absolute start-1/2 -ms-px w-0 border-s-2',
        drawn ? 'border-ink' : 'border-dotted border-line-strong',
        className,
      )}
    />
  );
}

function Knot({ state }: { state: StopState }): ReactNode {
  if (state === 'now') return <Bob className="plumb-swing relative z-10 -mt-1.5" />;
  if (state === 'done') return <span className="relative z-10 mt-2.5 h-0.5 w-3 bg-ink" />;
  if (state === 'stopped')
    return <span className="relative z-10 mt-1.5 size-3 rotate-45 border-2 border-bad bg-paper" />;
  return <span className="relative z-10 mt-2 size-2 rounded-full border-2 border-line-strong bg-sheet" />;
}
