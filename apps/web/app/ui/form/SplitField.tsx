import { useState, type ReactNode } from 'react';
import { useT } from '../../lib/i18n.tsx';
import { Frame, type Anatomy } from '../Field.tsx';
import '../messages.ts';

interface SplitProps extends Anatomy {
  /** What is divided, in minor units. */
  minor: string;
  currency: string;
  /** Who gets the first and who the second part. */
  first: string;
  second: string;
  /** The first part to begin with, in minor units; half when it is left out. */
  value?: string;
  disabled?: boolean;
}

/**
 * Divides an amount between two parties. A native range: it posts the first part in minor units, moves by a hundredth
 * of the whole (Page Up and Page Down by a tenth), and the two parts always add up to the whole.
 */
export function SplitField(props: SplitProps): ReactNode {
  const { label, name, hint, error, minor, currency, first, second, disabled } = props;
  const t = useT();
  const whole = BigInt(minor);
  const [part, setPart] = useState(BigInt(props.value ?? whole / 2n));
  const one = t.money({ minor: String(part), currency });
  const other = t.money({ minor: String(whole - part), currency });
  const figures = 'text-18 font-strong whitespace-nowrap tabular-nums';
  return (
    <Frame {...{ label, name, hint, error }}>
      {({ id, describedBy, invalid }) => (
        <div className="rounded-card border border-line bg-sheet p-4">
          <div className="flex justify-between gap-4" aria-hidden="true">
            <span className="grid">
              <span className="text-14 text-ink-muted">{first}</span>
              <span className={figures}>{one}</span>
            </span>
            <span className="grid text-end">
              <span className="text-14 text-ink-muted">{second}</span>
              <span className={figures}>{other}</span>
            </span>
          </div>
          <input
            type="range"
            id={id}
            name={name}
            min={0}
            max={minor}
            step={Number(whole / 100n) || 1}
            value={String(part)}
            disabled={disabled}
            onChange={({ currentTarget }) => setPart(BigInt(currentTarget.value))}
            aria-valuetext={t('part.split.value', { first, one, second, other })}
            aria-describedby={describedBy}
            aria-invalid={invalid}
            className="mt-1 block h-touch w-full cursor-pointer disabled:cursor-not-allowed"
          />
        </div>
      )}
    </Frame>
  );
}
