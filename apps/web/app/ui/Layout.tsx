import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { cx } from './cx.ts';
import { Icon } from './Icon.tsx';

const widths = {
  /** One column of questions. */
  form: 'max-w-[38rem]',
  /** Text and simple lists. */
  prose: 'max-w-[46rem]',
  list: 'max-w-[56rem]',
  page: 'max-w-page',
  /** A list beside a map. */
  wide: 'max-w-[90rem]',
} as const;

interface PageProps {
  children: ReactNode;
  width?: keyof typeof widths;
  className?: string;
}

/** The width of a page, with its margins. */
export function Page({ children, width = 'page', className }: PageProps): ReactNode {
  return (
    <div className={cx('mx-auto w-full', widths[width], className)}>
      <div className="px-4 sm:px-6 lg:px-8">{children}</div>
    </div>
  );
}

interface PageHeadProps {
  /** Says what the page answers. */
  title: ReactNode;
  lead?: ReactNode;
  back?: { to: string; label: string };
  /** The one act of the page, where it stands in the head. */
  action?: ReactNode;
  aside?: ReactNode;
}

export function PageHead({ title, lead, back, action, aside }: PageHeadProps): ReactNode {
  return (
    <header className="pt-6 pb-6 md:pt-10 md:pb-8">
      {back && <BackLink {...back} />}
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <div className="min-w-0">
          <h1 tabIndex={-1} className="text-28 md:text-36">
            {title}
          </h1>
          {lead && <p className="mt-2 max-w-prose text-16 text-ink-muted md:text-18">{lead}</p>}
        </div>
        {action}
      </div>
      {aside}
    </header>
  );
}

/** A page is never left by the browser's Back alone. */
export function BackLink({ to, label }: { to: string; label: string }): ReactNode {
  return (
    <Link
      to={to}
      className="mb-3 -ms-1 inline-flex min-h-min items-center gap-1.5 pe-2 text-14 font-medium text-ink-muted hover:text-ink"
    >
      <Icon name="arrow-start" size={18} className="rtl:-scale-x-100" />
      {label}
    </Link>
  );
}

type CardProps = {
  children: ReactNode;
  className?: string;
  as?: 'section' | 'article' | 'div' | 'li';
  labelledBy?: string;
};

export function Card({ children, className, as: Tag = 'section', labelledBy }: CardProps): ReactNode {
  return (
    <Tag aria-labelledby={labelledBy} className={cx('rounded-card border border-line bg-sheet p-5 sm:p-6', className)}>
      {children}
    </Tag>
  );
}

/** A titled part of a page. */
export function Section({
  title,
  lead,
  more,
  children,
  id,
  className,
}: {
  title: ReactNode;
  lead?: ReactNode;
  more?: ReactNode;
  children: ReactNode;
  id?: string;
  className?: string;
}): ReactNode {
  return (
    <section id={id} className={className}>
      <div className="mb-4 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h2 className="text-22">{title}</h2>
        {more}
      </div>
      {lead && <p className="-mt-2 mb-4 max-w-prose text-ink-muted">{lead}</p>}
      {children}
    </section>
  );
}

export interface Fact {
  label: ReactNode;
  value: ReactNode;
}

/** Names and values in two columns that line up. */
export function Facts({ facts, className }: { facts: (Fact | false | undefined)[]; className?: string }): ReactNode {
  return (
    <dl className={cx('grid gap-x-6 gap-y-3', className)}>
      {facts
        .filter((fact) => fact !== false && fact !== undefined)
        .map((fact) => (
          <div key={String(fact.label)} className="grid gap-x-6 sm:grid-cols-[9rem_minmax(0,1fr)]">
            <dt className="text-14 leading-[1.7] text-ink-muted">{fact.label}</dt>
            <dd className="min-w-0">{fact.value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** Sums, one under the other, figures lined up at the end. The last line is the total. */
export function Sums({
  rows,
}: {
  rows: { label: ReactNode; amount: ReactNode; strong?: boolean; note?: ReactNode }[];
}): ReactNode {
  return (
    <dl className="grid gap-2">
      {rows.map((row) => (
        <div
          key={String(row.label)}
          className={cx(
            'flex items-baseline justify-between gap-6',
            row.strong && 'mt-1 border-t border-line pt-3 font-strong',
          )}
        >
          <dt className={row.strong ? undefined : 'text-ink-muted'}>
            {row.label}
            {row.note && <span className="block text-14 font-text text-ink-muted">{row.note}</span>}
          </dt>
          <dd className="shrink-0 tabular-nums">{row.amount}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What the thumb reaches on a phone: price and the one act. In wider windows it stands where it is written. */
export function ActionBar({ children }: { children: ReactNode }): ReactNode {
  return (
    <div
      data-action-bar
      className="sticky bottom-0 z-20 -mx-4 mt-6 flex items-center justify-between gap-4 border-t border-line bg-sheet px-4 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:-mx-6 sm:px-6 lg:static lg:m-0 lg:border-0 lg:bg-transparent lg:p-0"
    >
      {children}
    </div>
  );
}
