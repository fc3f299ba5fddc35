import { useState, type InputHTMLAttributes, type ReactNode } from 'react';
import { callingCode, phoneCountries } from '../../lib/phone.ts';
import { useT } from '../../lib/i18n.tsx';
import { cx } from '../cx.ts';
import { control, edge, Frame, type Anatomy } from '../Field.tsx';
import { useHydrated } from '../hydrated.ts';
import { Icon } from '../Icon.tsx';
import '../messages.ts';

type Native = Omit<InputHTMLAttributes<HTMLInputElement>, 'name' | 'id' | 'type'>;

/**
 * A telephone number with its country. Posts `<name>.country` and what was typed as `<name>`; the action joins them
 * with `toE164`. The list shows names, the closed box only the code, which is what people check.
 */
export function PhoneField(props: Anatomy & Native & { country: string }): ReactNode {
  const { label, name, hint, error, quietLabel, frameClass, country, className, ...input } = props;
  return (
    <Frame {...{ label, name, hint, error, quietLabel, frameClass }}>
      {({ id, describedBy, invalid }) => (
        <span className={cx('flex max-w-form gap-2', className)}>
          <CountryCode name={`${name}.country`} country={country} disabled={input.disabled} />
          <input
            autoComplete="tel-national"
            {...input}
            type="tel"
            id={id}
            name={name}
            dir="ltr"
            aria-describedby={describedBy}
            aria-invalid={invalid}
            className={cx(control, edge(error), 'min-h-touch tabular-nums rtl:text-end')}
          />
        </span>
      )}
    </Frame>
  );
}

interface CodeProps {
  name: string;
  country: string;
  disabled: boolean | undefined;
}

/** `+44`, kept in one piece from left to right. */
const written = (country: string): string => `\u2066+${callingCode(country)}\u2069`;

function CountryCode({ name, country, disabled }: CodeProps): ReactNode {
  const t = useT();
  const hydrated = useHydrated();
  const [chosen, setChosen] = useState(country);
  const names = new Intl.DisplayNames(t.locale, { type: 'region' });
  const sorted = t.sorted(phoneCountries, (code) => names.of(code) ?? code);
  return (
    <span className="relative block w-24 shrink-0">
      <select
        name={name}
        defaultValue={country}
        disabled={disabled}
        onChange={({ currentTarget }) => setChosen(currentTarget.value)}
        aria-label={t('part.phone.country')}
        autoComplete="tel-country-code"
        className={cx(
          control,
          'min-h-touch appearance-none border-line-strong pe-9',
          hydrated && 'text-transparent! disabled:text-transparent! [&>option]:text-ink',
        )}
      >
        {sorted.map((code) => (
          <option key={code} value={code}>
            {`${written(code)} ${names.of(code)}`}
          </option>
        ))}
      </select>
      {hydrated && (
        <span
          aria-hidden="true"
          className={cx(
            'pointer-events-none absolute inset-y-0 start-3 flex items-center',
            disabled && 'text-ink-faint',
          )}
        >
          {written(chosen)}
        </span>
      )}
      <Icon
        name="chevron-down"
        className="pointer-events-none absolute end-2.5 top-1/2 -translate-y-1/2 text-ink-muted"
      />
    </span>
  );
}
