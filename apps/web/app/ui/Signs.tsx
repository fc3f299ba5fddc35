import type { ReactNode } from 'react';
import { Link, type LinkProps } from 'react-router';
import { cx } from './cx.ts';
import { Icon, type IconName } from './Icon.tsx';

export type Tone = 'plain' | 'info' | 'good' | 'warn' | 'bad' | 'brass';

const soft: Record<Tone, string> = {
  plain: 'bg-sunk text-ink',
  info: 'bg-info-soft text-info-ink',
  good: 'bg-good-soft text-good-ink',
  warn: 'bg-warn-soft text-warn-ink',
  bad: 'bg-bad-soft text-bad-ink',
  brass: 'bg-brass-soft text-brass-ink',
};

/** Shape and words carry a status; colour only helps. */
const shapes: Record<Tone, ReactNode> = {
  plain: <circle cx="5" cy="5" r="3.2" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  info: <circle cx="5" cy="5" r="4" fill="currentColor" />,
  good: <path d="m1 5.4 2.8 2.8L9 2" fill="none" stroke="currentColor" strokeWidth="2" />,
  warn: <path d="M5 .8 9.6 9.2H.4z" fill="currentColor" />,
  bad: <path d="m1.5 1.5 7 7m0-7-7 7" fill="none" stroke="currentColor" strokeWidth="2" />,
  brass: <path d="M1.5.5h7C8.5 4 7.5 7 5 10 2.5 7 1.5 4 1.5.5z" fill="currentColor" />,
};

export function StatusBadge({ tone, children }: { tone: Tone; children: ReactNode }): ReactNode {
  return (
    <span
      className={cx(
        'inline-flex items-center gap-1.5 rounded-full px-2.5 py-1 text-14 leading-tight font-strong',
        soft[tone],
      )}
    >
      <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true" className="shrink-0">
        {shapes[tone]}
      </svg>
      {children}
    </span>
  );
}

/** A small fact beside others: "Insured to 3 Mar", "1.2 km". */
export function Chip({
  icon,
  tone = 'plain',
  children,
}: {
  icon?: IconName;
  tone?: Tone;
  children: ReactNode;
}): ReactNode {
  return (
    <span className={cx('inline-flex items-center gap-1 rounded-tag px-2 py-0.5 text-14', soft[tone])}>
      {icon && <Icon name={icon} size={16} />}
      {children}
    </span>
  );
}

/** A chip that goes somewhere: filters that are on, quick choices. */
export function LinkChip({ selected = false, className, ...rest }: LinkProps & { selected?: boolean }): ReactNode {
  return (
    <Link
      {...rest}
      aria-current={selected ? 'true' : undefined}
      className={cx(
        'inline-flex min-h-9 items-center gap-1.5 rounded-full border px-3.5 text-14 font-medium transition-[background-color,border-color] duration-150',
        selected
          ? 'border-action bg-action-soft text-action'
          : 'border-line bg-sheet text-ink hover:border-line-strong',
        className,
      )}
    />
  );
}

const bannerIcons: Record<Tone, IconName> = {
  plain: 'info',
  info: 'info',
  good: 'check',
  warn: 'alert',
  bad: 'alert',
  brass: 'info',
};

const bannerEdges: Record<Tone, string> = {
  plain: 'border-line-strong',
  info: 'border-info',
  good: 'border-good',
  warn: 'border-warn',
  bad: 'border-bad',
  brass: 'border-brass-deep',
};

/** Something the reader must know now: what happened, what is safe, what to do. */
export function Banner({
  tone = 'info',
  title,
  children,
  action,
}: {
  tone?: Tone;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
}): ReactNode {
  return (
    <div role="status" className={cx('flex gap-3 rounded-card border-s-4 p-4', soft[tone], bannerEdges[tone])}>
      <Icon name={bannerIcons[tone]} className="mt-0.5" />
      <div className="min-w-0 flex-1">
        <p className="font-strong">{title}</p>
        {children && <div className="mt-1 text-ink">{children}</div>}
        {action && <div className="mt-3">{action}</div>}
      </div>
    </div>
  );
}
