import { formattingLocale } from '@plumbline/i18n/languages';
import { toDecimal } from '@plumbline/i18n/money';
import type { InputHTMLAttributes, ReactNode } from 'react';
import { parseAmount } from '../../lib/amount.ts';
import { useT } from '../../lib/i18n.tsx';
import { cx } from '../cx.ts';
import { control, edge, Frame, type Anatomy } from '../Field.tsx';

type Native = Omit<InputHTMLAttributes<HTMLInputElement>, 'name' | 'id' | 'prefix' | 'defaultValue' | 'type'>;

type MoneyProps = Anatomy &
  Native & {
    /** ISO 4217: the market's or the account's, never the reader's. */
    currency: string;
    /** The amount to begin with, in minor units. */
    minor?: string | undefined;
    /** What was typed before, when it was not taken. */
    typed?: string | undefined;
  };

/** The amount as the field shows it: the locale's signs, the currency's decimals, no symbol. */
export function amountText(minor: string, currency: string, locale: string): string {
  const decimal = toDecimal({ minor, currency });
  const decimals = decimal.split('.')[1]?.length ?? 0;
  const format = new Intl.NumberFormat(formattingLocale(locale), { minimumFractionDigits: decimals });
  // Intl takes decimal strings and keeps all their digits; its type is that of an older edition.
  return format.format(decimal as `${number}`);
}

/** The currency's sign, and whether the locale writes it before the figures. */
export function signOf(currency: string, locale: string): { sign: string; first: boolean } {
  const format = new Intl.NumberFormat(formattingLocale(locale), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  });
  const parts = format.formatToParts(1);
  const at = parts.findIndex(({ type }) => type === 'currency');
  return { sign: parts[at]?.value ?? currency, first: at < parts.findIndex(({ type }) => type === 'integer') };
}

/**
 * An amount of money. Posts what was typed; the action reads it with `parseAmount(text, currency, locale)`. On leaving
 * the field a complete amount is written out in full, so that a slip of one digit shows.
 */
export function MoneyField(props: MoneyProps): ReactNode {
  const { label, name, hint, error, quietLabel, frameClass, currency, minor, typed, className, ...input } = props;
  const { locale } = useT();
  const { sign, first } = signOf(currency, locale);
  const signClass = 'pointer-events-none absolute text-ink-muted';
  return (
    <Frame {...{ label, name, hint, error, quietLabel, frameClass }}>
      {({ id, describedBy, invalid }) => (
        <span className={cx('relative flex max-w-56 items-center', className)} dir="ltr">
          {first && <span className={cx(signClass, 'start-3')}>{sign}</span>}
          <input
            {...input}
            id={id}
            name={name}
            inputMode="decimal"
            autoComplete="off"
            defaultValue={typed ?? (minor === undefined ? undefined : amountText(minor, currency, locale))}
            onBlur={(event) => {
              const whole = parseAmount(event.currentTarget.value, currency, locale);
              if (whole !== undefined) event.currentTarget.value = amountText(whole, currency, locale);
            }}
            aria-describedby={describedBy}
            aria-invalid={invalid}
            className={cx(
              control,
              edge(error),
              'min-h-touch tabular-nums',
              first ? (sign.length > 1 ? 'ps-12' : 'ps-8') : sign.length > 1 ? 'pe-12' : 'pe-8',
            )}
          />
          {!first && <span className={cx(signClass, 'end-3')}>{sign}</span>}
        </span>
      )}
    </Frame>
  );
}
