import type { ReactNode } from 'react';
import { useT } from '../../lib/i18n.tsx';
import { Choice, fieldId } from '../Field.tsx';
import { Icon } from '../Icon.tsx';
import '../messages.ts';

interface RatingProps {
  label: ReactNode;
  name: string;
  hint?: ReactNode;
  error?: string | undefined;
  value?: number | undefined;
  disabled?: boolean;
}

/** One to five stars. Five native radio buttons: the stars up to the chosen one are filled by the stylesheet alone. */
export function RatingField({ label, name, hint, error, value, disabled }: RatingProps): ReactNode {
  const t = useT();
  return (
    <Choice legend={label} name={name} hint={hint} error={error}>
      <div className="-ms-2 flex">
        {[1, 2, 3, 4, 5].map((count) => (
          <label
            key={count}
            htmlFor={`${fieldId(name)}-${count}`}
            className={
              'relative grid size-touch place-items-center rounded-control text-line-strong transition-[color] ' +
              'has-checked:text-brass-deep has-focus-visible:outline-3 has-focus-visible:outline-focus ' +
              'has-disabled:opacity-50 hover:text-brass-deep [&:has(~label:hover)]:text-brass-deep ' +
              '[&:has(~label_input:checked)]:text-brass-deep'
            }
          >
            <input
              type="radio"
              id={`${fieldId(name)}-${count}`}
              name={name}
              value={count}
              defaultChecked={value === count}
              disabled={disabled}
              className="absolute inset-0 size-full cursor-pointer appearance-none outline-none"
            />
            <Icon name="star" size={30} className="pointer-events-none" />
            <span className="sr-only">{t('part.rating.value', { count })}</span>
          </label>
        ))}
      </div>
    </Choice>
  );
}
