import {
  useId,
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
} from 'react';
import { cx } from './cx.ts';
import { Icon } from './Icon.tsx';

export interface Anatomy {
  label: ReactNode;
  name: string;
  hint?: ReactNode;
  /** Why the value was not taken; also stands in the summary at the top of the form. */
  error?: string | undefined;
  /** Shows the label only to screen readers. */
  quietLabel?: boolean;
  /** Where the field stands in its form's grid. */
  frameClass?: string;
}

interface Wiring {
  id: string;
  labelId: string;
  describedBy: string | undefined;
  invalid: true | undefined;
}

/** The box of a control; `edge` adds its border. */
export const control =
  'w-full rounded-control border bg-sheet px-3 text-16 text-ink placeholder:text-ink-faint ' +
  'transition-[border-color] duration-150 disabled:bg-sunk disabled:text-ink-faint';

export const edge = (error?: string): string => (error ? 'border-bad border-2' : 'border-line-strong');

/** The id of a field's control, as error summaries link to it. */
export const fieldId = (name: string): string => `field-${name.replaceAll(/[^a-zA-Z0-9_-]/g, '-')}`;

/** Label, hint, control, error: the same order in every kind of field. */
export function Frame({
  label,
  name,
  hint,
  error,
  quietLabel,
  frameClass,
  children,
}: Anatomy & { children: (wiring: Wiring) => ReactNode }): ReactNode {
  const id = fieldId(name);
  const describedBy = cx(hint && `${id}-hint`, error && `${id}-error`) || undefined;
  return (
    <div className={cx('min-w-0', error && 'border-s-4 border-bad ps-4', frameClass)}>
      <label id={`${id}-label`} htmlFor={id} className={quietLabel ? 'sr-only' : 'mb-1.5 block text-16 font-strong'}>
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="mb-1.5 max-w-prose text-14 text-ink-muted">
          {hint}
        </p>
      )}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
      {children({ id, labelId: `${id}-label`, describedBy, invalid: error ? true : undefined })}
    </div>
  );
}

export function FieldError({ id, children }: { id?: string; children: ReactNode }): ReactNode {
  return (
    <p id={id} className="mb-1.5 flex items-start gap-1.5 text-14 font-strong text-bad-ink">
      <Icon name="alert" size={18} className="mt-px" />
      {children}
    </p>
  );
}

type Native<T> = Omit<T, 'name' | 'id' | 'prefix'>;

type TextProps = Anatomy & Native<InputHTMLAttributes<HTMLInputElement>> & { prefix?: ReactNode; suffix?: ReactNode };

/** One line of text: also dates, times, e-mail, numbers, by `type`. */
export function TextField({
  label,
  name,
  hint,
  error,
  quietLabel,
  frameClass,
  prefix,
  suffix,
  className,
  ...input
}: TextProps): ReactNode {
  return (
    <Frame {...{ label, name, hint, error, quietLabel, frameClass }}>
      {({ id, describedBy, invalid }) => (
        <span className={cx('relative flex items-center', className)}>
          {prefix && <span className="pointer-events-none absolute start-3 flex text-ink-muted">{prefix}</span>}
          <input
            {...input}
            id={id}
            name={name}
            aria-describedby={describedBy}
            aria-invalid={invalid}
            className={cx(control, edge(error), 'min-h-touch', prefix && 'ps-10', suffix && 'pe-16')}
          />
          {suffix && <span className="absolute end-3 flex text-14 text-ink-muted">{suffix}</span>}
        </span>
      )}
    </Frame>
  );
}

type AreaProps = Anatomy & Native<TextareaHTMLAttributes<HTMLTextAreaElement>>;

export function TextArea({ label, name, hint, error, quietLabel, frameClass, ...area }: AreaProps): ReactNode {
  return (
    <Frame {...{ label, name, hint, error, quietLabel, frameClass }}>
      {({ id, describedBy, invalid }) => (
        <textarea
          rows={4}
          {...area}
          id={id}
          name={name}
          aria-describedby={describedBy}
          aria-invalid={invalid}
          className={cx(control, edge(error), 'block py-2.5')}
        />
      )}
    </Frame>
  );
}

export interface Option {
  value: string;
  label: string;
  disabled?: boolean;
}

type SelectProps = Anatomy & Native<SelectHTMLAttributes<HTMLSelectElement>> & { options: Option[]; empty?: string };

export function SelectField({
  label,
  name,
  hint,
  error,
  quietLabel,
  frameClass,
  options,
  empty,
  className,
  ...select
}: SelectProps): ReactNode {
  return (
    <Frame {...{ label, name, hint, error, quietLabel, frameClass }}>
      {({ id, describedBy, invalid }) => (
        <span className={cx('relative block', className)}>
          <select
            {...select}
            id={id}
            name={name}
            aria-describedby={describedBy}
            aria-invalid={invalid}
            className={cx(control, edge(error), 'min-h-touch appearance-none pe-10')}
          >
            {empty !== undefined && <option value="">{empty}</option>}
            {options.map((option) => (
              <option key={option.value} value={option.value} disabled={option.disabled}>
                {option.label}
              </option>
            ))}
          </select>
          <Icon
            name="chevron-down"
            className="pointer-events-none absolute end-3 top-1/2 -translate-y-1/2 text-ink-muted"
          />
        </span>
      )}
    </Frame>
  );
}

type FileProps = Anatomy & Native<InputHTMLAttributes<HTMLInputElement>>;

export function FileField({ label, name, hint, error, ...input }: FileProps): ReactNode {
  return (
    <Frame {...{ label, name, hint, error }}>
      {({ id, describedBy, invalid }) => (
        <input
          {...input}
          type="file"
          id={id}
          name={name}
          aria-describedby={describedBy}
          aria-invalid={invalid}
          className={cx(
            'block w-full rounded-control border border-dashed bg-sheet p-3 text-14 text-ink-muted',
            'file:me-3 file:min-h-9 file:rounded-control file:border file:border-solid file:border-line-strong file:bg-paper file:px-3 file:font-strong file:text-ink',
            error ? 'border-bad' : 'border-line-strong',
          )}
        />
      )}
    </Frame>
  );
}

type CheckProps = Native<InputHTMLAttributes<HTMLInputElement>> & {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  /** Stands at the end of the row, for example how many there are. */
  note?: ReactNode;
};

/** One box to tick, or one of a choice when `type` is radio. The whole row is the target. */
export function Check({ name, label, hint, note, type = 'checkbox', value, ...input }: CheckProps): ReactNode {
  const id = `${fieldId(name)}${useId()}`;
  return (
    <div className="relative flex min-h-10 items-start gap-3 py-2">
      <input
        {...input}
        {...(value !== undefined && { value })}
        type={type}
        id={id}
        name={name}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="mt-0.5 size-5 shrink-0"
      />
      <div className="min-w-0 flex-1">
        <label htmlFor={id} className="text-16 before:absolute before:inset-0">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-14 text-ink-muted">
            {hint}
          </p>
        )}
      </div>
      {note !== undefined && <span className="text-14 text-ink-muted tabular-nums">{note}</span>}
    </div>
  );
}

interface ChoiceProps {
  legend: ReactNode;
  name: string;
  hint?: ReactNode;
  error?: string | undefined;
  quietLegend?: boolean;
  children: ReactNode;
}

/** A question with several answers. */
export function Choice({ legend, name, hint, error, quietLegend, children }: ChoiceProps): ReactNode {
  const id = fieldId(name);
  return (
    <fieldset
      id={id}
      tabIndex={-1}
      aria-describedby={cx(hint && `${id}-hint`, error && `${id}-error`) || undefined}
      className={cx('min-w-0', error && 'border-s-4 border-bad ps-4')}
    >
      <legend className={quietLegend ? 'sr-only' : 'float-start mb-1.5 w-full text-16 font-strong [&+*]:clear-both'}>
        {legend}
      </legend>
      {hint && (
        <p id={`${id}-hint`} className="mb-1.5 max-w-prose text-14 text-ink-muted">
          {hint}
        </p>
      )}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
      {children}
    </fieldset>
  );
}

/** A choice drawn as a card: for the few answers that deserve a sentence each. */
export function ChoiceCard({
  name,
  value,
  label,
  hint,
  type = 'radio',
  ...input
}: CheckProps & { value: string }): ReactNode {
  const id = `${fieldId(name)}-${value}`;
  return (
    <div className="relative flex gap-3 rounded-card border border-line bg-sheet p-4 transition-[border-color,background-color] duration-150 hover:border-line-strong has-checked:border-action has-checked:bg-action-soft has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus">
      <input
        {...input}
        type={type}
        id={id}
        name={name}
        value={value}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="mt-0.5 size-5 shrink-0 outline-none"
      />
      <div className="min-w-0">
        <label htmlFor={id} className="font-strong before:absolute before:inset-0 before:rounded-card">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="mt-0.5 text-14 text-ink-muted">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
