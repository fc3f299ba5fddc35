import type { MoneyOptions } from '@plumbline/i18n/money';
import type { MoneyValue, ZonedMoment, ZonedWindow } from '@plumbline/i18n';
import type { ReactNode } from 'react';
import { useT } from '../lib/i18n.tsx';
import { cx } from './cx.ts';
import { Icon } from './Icon.tsx';

/** An amount: always ink, always figures of one width. */
export function Money({
  amount,
  short,
  sign,
  className,
}: { amount: MoneyValue; className?: string } & MoneyOptions): ReactNode {
  const t = useT();
  return (
    <data value={`${amount.minor} ${amount.currency}`} className={cx('whitespace-nowrap tabular-nums', className)}>
      {t.money(amount, { short, sign })}
    </data>
  );
}

interface TimeOptions {
  /** Names the zone; lists that name it once at their head leave it out. */
  zone?: boolean;
  now?: string | undefined;
  className?: string;
}

/** A moment on the clock of the job's zone. */
export function ZonedTime({ moment, zone = true, now, className }: { moment: ZonedMoment } & TimeOptions): ReactNode {
  const t = useT();
  return (
    <time dateTime={moment.at} className={cx('tabular-nums', className)}>
      {t.moment(moment, { zone, now })}
    </time>
  );
}

/** A window of time: "Tue 3 Dec, 09:00–11:00, London time". */
export function ZonedSpan({ window, zone = true, now, className }: { window: ZonedWindow } & TimeOptions): ReactNode {
  const t = useT();
  return <span className={cx('tabular-nums', className)}>{t.window(window, { zone, now })}</span>;
}

/** A person reads this aloud to support. */
export function Reference({ children }: { children: ReactNode }): ReactNode {
  return <code className="rounded-tag bg-sunk px-1.5 py-0.5 font-code text-[0.875em]">{children}</code>;
}

/** A rating of five with how many it rests on. */
export function Rating({ value, count }: { value: number | null | undefined; count: number }): ReactNode {
  const t = useT();
  if (!count || value === null || value === undefined) {
    return <span className="text-14 text-ink-muted">{t('ui.rating.none')}</span>;
  }
  const text = t.number(value, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return (
    <span className="inline-flex items-center gap-1 text-14">
      <Icon name="star" size={16} className="text-brass-deep" />
      <span className="sr-only">{t('ui.rating.value', { rating: text })}</span>
      <span aria-hidden="true" className="font-strong tabular-nums">
        {text}
      </span>
      <span className="text-ink-muted">{t('ui.rating.count', { count })}</span>
    </span>
  );
}
