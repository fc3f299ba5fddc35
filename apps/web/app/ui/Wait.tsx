import type { ReactNode } from 'react';
import { cx } from './cx.ts';

/** A grey bar where text will be. Appears after 150 ms, so that quick answers never flicker. */
export function Skeleton({ className }: { className?: string }): ReactNode {
  return <span aria-hidden="true" className={cx('skeleton block h-4', className)} />;
}

/** Cards that are on their way, with one sentence for those who listen. */
export function SkeletonCards({ count = 4, label }: { count?: number; label: string }): ReactNode {
  return (
    <div role="status" className="grid gap-4">
      <span className="sr-only">{label}</span>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="flex gap-4 rounded-card border border-line bg-sheet p-4">
          <Skeleton className="h-24 w-28 shrink-0 rounded-control sm:h-28 sm:w-36" />
          <div className="grid flex-1 content-start gap-3 py-1">
            <Skeleton className="h-5 w-3/4" />
            <Skeleton className="w-1/2" />
            <Skeleton className="w-2/3" />
          </div>
        </div>
      ))}
    </div>
  );
}

export type EmptyDrawing = 'search' | 'calendar' | 'money' | 'work' | 'map' | 'lost';

/** Small drawings in one line, each with the plumb line somewhere in it. */
const drawings: Record<EmptyDrawing, ReactNode> = {
  search: (
    <>
      <circle cx="52" cy="44" r="24" />
      <path d="m70 61 20 19" />
      <path d="M52 20v20" className="stroke-brass-deep" />
      <path d="M48 41h8c0 6-1.5 10-4 15-2.5-5-4-9-4-15z" className="fill-brass stroke-brass-deep" />
    </>
  ),
  calendar: (
    <>
      <rect x="24" y="22" width="72" height="58" rx="6" />
      <path d="M24 38h72M42 14v14M78 14v14M24 58h72M48 38v42M72 38v42" />
      <path d="M60 14v38" className="stroke-brass-deep" />
      <path d="M56 52h8c0 6-1.5 10-4 15-2.5-5-4-9-4-15z" className="fill-brass stroke-brass-deep" />
    </>
  ),
  money: (
    <>
      <path d="M22 78h76M30 78V50h16v28M52 78V38h16v40M74 78V58h16v20" />
      <path d="M60 8v16" className="stroke-brass-deep" />
      <path d="M56 24h8c0 4-1.5 8-4 12-2.5-4-4-8-4-12z" className="fill-brass stroke-brass-deep" />
    </>
  ),
  work: (
    <>
      <path d="M26 40h68v38H26zM46 40v-8a4 4 0 0 1 4-4h20a4 4 0 0 1 4 4v8M26 56h68" />
      <path d="M60 8v42" className="stroke-brass-deep" />
      <path d="M56 50h8c0 6-1.5 10-4 15-2.5-5-4-9-4-15z" className="fill-brass stroke-brass-deep" />
    </>
  ),
  map: (
    <>
      <path d="m22 26 24-8 28 8 24-8v54l-24 8-28-8-24 8zM46 18v54M74 26v54" />
      <path d="M60 4v34" className="stroke-brass-deep" />
      <path d="M55 38h10c0 7-2 12-5 18-3-6-5-11-5-18z" className="fill-brass stroke-brass-deep" />
    </>
  ),
  lost: (
    <>
      <path d="M18 80h84M34 80V44l26-22 26 22v36M52 80V60h16v20" />
      <path d="m60 6 14 34" className="stroke-brass-deep" />
      <path d="m70 41 8-3c2 6 2.5 10 1.5 16-4-4-7-7-9.5-13z" className="fill-brass stroke-brass-deep" />
    </>
  ),
};

interface EmptyStateProps {
  drawing: EmptyDrawing;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  level?: 'h1' | 'h2' | 'h3';
}

/** Nothing here yet: a small drawing, why, and the next useful act. */
export function EmptyState({ drawing, title, children, action, level: Heading = 'h2' }: EmptyStateProps): ReactNode {
  return (
    <div className="grid justify-items-center rounded-card border border-dashed border-line-strong px-6 py-10 text-center">
      <svg
        viewBox="0 0 120 88"
        width="132"
        height="97"
        aria-hidden="true"
        className="fill-none stroke-ink"
        strokeWidth="1.6"
        strokeLinejoin="round"
        strokeLinecap="round"
      >
        {drawings[drawing]}
      </svg>
      <Heading className="mt-5 text-18">{title}</Heading>
      {children && <div className="mt-1.5 max-w-form text-ink-muted">{children}</div>}
      {action && <div className="mt-5">{action}</div>}
    </div>
  );
}
