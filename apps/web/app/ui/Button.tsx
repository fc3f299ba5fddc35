import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Link, type LinkProps } from 'react-router';
import { cx } from './cx.ts';

export type ButtonTone = 'action' | 'quiet' | 'plain' | 'danger';
export type ButtonSize = 'small' | 'normal' | 'large';

const base =
  'inline-flex items-center justify-center gap-2 rounded-control font-strong text-center no-underline select-none ' +
  'leading-tight hyphens-auto transition-[background-color,border-color,transform] duration-150 ease-standard ' +
  'active:translate-y-px disabled:translate-y-0';

const tones: Record<ButtonTone, string> = {
  action:
    'border border-button-line bg-button-fill text-button-text hover:bg-button-fill-hover active:bg-button-fill-press ' +
    'disabled:border-line disabled:bg-sunk disabled:text-ink-faint',
  quiet:
    'border border-line-strong bg-sheet text-ink hover:bg-sunk disabled:border-line disabled:bg-sheet disabled:text-ink-faint',
  plain: 'text-action underline decoration-1 underline-offset-4 hover:text-action-hover hover:decoration-2',
  danger: 'bg-bad text-on-bad hover:bg-bad-hover disabled:bg-sunk disabled:text-ink-faint',
};

const sizes: Record<ButtonSize, string> = {
  small: 'min-h-9 px-3 py-1.5 text-14',
  normal: 'min-h-touch px-4.5 py-2 text-16',
  large: 'min-h-13 px-6 py-2.5 text-18',
};

export interface ButtonLook {
  tone?: ButtonTone;
  size?: ButtonSize;
  /** As wide as what holds it. */
  wide?: boolean;
}

const look = ({ tone = 'action', size = 'normal', wide = false }: ButtonLook, className?: string): string =>
  cx(base, tones[tone], tone === 'plain' ? 'min-h-min px-0' : sizes[size], wide && 'w-full', className);

type ButtonProps = ButtonLook &
  ButtonHTMLAttributes<HTMLButtonElement> & {
    /** What is said while the act is under way; the button then waits for the server. */
    busy?: string | false | undefined;
  };

/** A verb that acts on this page. While busy it keeps its place and its focus, and takes no second press. */
export function Button({
  tone,
  size,
  wide,
  busy,
  className,
  children,
  type = 'submit',
  onClick,
  ...rest
}: ButtonProps): ReactNode {
  return (
    <button
      {...rest}
      type={type}
      aria-disabled={busy ? true : rest['aria-disabled']}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      className={cx(look({ tone, size, wide }, className), busy && 'opacity-70')}
    >
      {busy || children}
    </button>
  );
}

/** A verb that goes elsewhere. */
export function LinkButton({ tone, size, wide, className, ...rest }: ButtonLook & LinkProps): ReactNode {
  return <Link {...rest} className={look({ tone, size, wide }, className)} />;
}

/** A link in running text. */
export function TextLink({ className, ...rest }: LinkProps): ReactNode {
  return (
    <Link
      {...rest}
      className={cx(
        'text-action underline decoration-1 underline-offset-3 hover:text-action-hover hover:decoration-2',
        className,
      )}
    />
  );
}
