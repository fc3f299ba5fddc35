import { useId, type InputHTMLAttributes, type ReactNode } from 'react';
import { fieldId } from '../Field.tsx';

type SwitchProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'type' | 'id' | 'name' | 'role'> & {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
};

/** On or off, at once. A native checkbox that says it is a switch; where a form is sent later, use `Check`. */
export function Switch({ name, label, hint, ...input }: SwitchProps): ReactNode {
  const id = `${fieldId(name)}${useId()}`;
  return (
    <div className="relative flex min-h-touch items-start justify-between gap-4 py-2">
      <div className="min-w-0">
        <label htmlFor={id} className="text-16 font-medium before:absolute before:inset-0">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-14 text-ink-muted">
            {hint}
          </p>
        )}
      </div>
      <input
        {...input}
        type="checkbox"
        // oxlint-disable-next-line jsx-a11y/role-has-required-aria-props -- a native checkbox says its own state
        role="switch"
        id={id}
        name={name}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className={
          'relative mt-0.5 h-6 w-10 shrink-0 appearance-none rounded-full border border-line-strong bg-sunk ' +
          'transition-[background-color] before:absolute before:start-0.5 before:top-0.5 before:size-4.5 ' +
          'before:rounded-full before:bg-ink-muted before:transition-transform checked:border-action ' +
          'checked:bg-action checked:before:translate-x-4 checked:before:bg-sheet rtl:checked:before:-translate-x-4 ' +
          'disabled:opacity-50'
        }
      />
    </div>
  );
}
