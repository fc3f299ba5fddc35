import type { ReactNode } from 'react';
import { useT } from '../../../lib/i18n.tsx';
import { cx } from '../../../ui/cx.ts';

const steps = ['time', 'details', 'pay'] as const;

/** Where one is between choosing and paying: the line lies on its side, with a knot for each step. */
export function BookSteps({ at }: { at: number }): ReactNode {
  const t = useT();
  return (
    <ol aria-label={t('booking.steps')} className="mt-6 grid max-w-prose grid-cols-3">
      {steps.map((step, index) => (
        <li
          key={step}
          aria-current={index === at ? 'step' : undefined}
          className={cx(
            'relative border-t-2 pt-2.5 text-14',
            index < at ? 'border-ink' : 'border-dotted border-line-strong',
            index === at ? 'font-strong' : 'text-ink-muted',
          )}
        >
          <span
            aria-hidden="true"
            className={cx(
              'absolute start-0 -top-[0.4375rem] size-3',
              index === at
                ? 'rounded-full bg-brass-deep ring-4 ring-brass-soft'
                : index < at
                  ? 'rounded-full bg-ink'
                  : 'rounded-full border-2 border-line-strong bg-paper',
            )}
          />
          {t(`booking.step.${step}`)}
        </li>
      ))}
    </ol>
  );
}
