import { useRef, useState, type ReactNode } from 'react';
import { useT } from '../../lib/i18n.tsx';
import { cx } from '../cx.ts';
import { control, edge, Frame, type Anatomy } from '../Field.tsx';
import { Icon } from '../Icon.tsx';
import '../messages.ts';

interface StepperProps extends Anatomy {
  value?: number;
  min?: number;
  max?: number;
  /** What is counted: "rooms". */
  unit?: ReactNode;
  disabled?: boolean;
}

/** How many. A native number field with two large buttons for thumbs; without scripts the field alone is enough. */
export function StepperField(props: StepperProps): ReactNode {
  const { label, name, hint, error, quietLabel, frameClass, value = 1, min = 0, max = 99, unit, disabled } = props;
  const t = useT();
  const input = useRef<HTMLInputElement>(null);
  const [count, setCount] = useState(String(value));
  const step = (by: 1 | -1): void => {
    const field = input.current;
    if (!field) return;
    if (by > 0) field.stepUp();
    else field.stepDown();
    setCount(field.value);
  };
  const round =
    'grid size-touch shrink-0 place-items-center rounded-control border border-line-strong bg-sheet hover:bg-sunk ' +
    'disabled:border-line disabled:text-ink-faint disabled:hover:bg-sheet';
  return (
    <Frame {...{ label, name, hint, error, quietLabel, frameClass }}>
      {({ id, describedBy, invalid }) => (
        <span className="flex items-center gap-2">
          <button
            type="button"
            className={round}
            aria-label={t('part.stepper.fewer')}
            aria-controls={id}
            disabled={disabled || Number(count) <= min}
            onClick={() => step(-1)}
          >
            <Icon name="minus" />
          </button>
          <input
            ref={input}
            type="number"
            id={id}
            name={name}
            value={count}
            min={min}
            max={max}
            disabled={disabled}
            onChange={({ currentTarget }) => setCount(currentTarget.value)}
            aria-describedby={describedBy}
            aria-invalid={invalid}
            className={cx(control, edge(error), 'min-h-touch max-w-18 [appearance:textfield] text-center tabular-nums')}
          />
          <button
            type="button"
            className={round}
            aria-label={t('part.stepper.more')}
            aria-controls={id}
            disabled={disabled || Number(count) >= max}
            onClick={() => step(1)}
          >
            <Icon name="plus" />
          </button>
          {unit && <span className="ms-1 text-ink-muted">{unit}</span>}
        </span>
      )}
    </Frame>
  );
}
