import type { ReactNode } from 'react';
import { useT } from '../../lib/i18n.tsx';
import { TextField } from '../Field.tsx';
import '../messages.ts';

type Line = 'line1' | 'line2' | 'city' | 'postcode';

/** Where the postcode stands before the town, as on letters there. */
const postcodeFirst = new Set(['AT', 'BE', 'CH', 'DE', 'ES', 'FR', 'IT', 'NL', 'PL', 'PT']);
/** Postcodes of digits only: a phone shows its number keys. */
const digitsOnly = new Set(['AT', 'BE', 'CH', 'DE', 'ES', 'FR', 'IT', 'SA']);

interface AddressProps {
  /** What the names begin with: `address` posts `address.line1`, `address.postcode` … */
  name: string;
  /** ISO 3166: of the market, never of the reader's language. */
  country: string;
  values?: Partial<Record<Line, string>>;
  errors?: Partial<Record<Line, string>>;
  disabled?: boolean;
}

/** A postal address in the order of its country. Browsers fill it in; four plain values are posted. */
export function AddressFields({ name, country, values, errors, disabled }: AddressProps): ReactNode {
  const t = useT();
  const common = (line: Line) => ({
    name: `${name}.${line}`,
    label: t(`part.address.${line}`),
    defaultValue: values?.[line],
    error: errors?.[line],
    disabled,
  });
  const city = <TextField key="city" {...common('city')} autoComplete="address-level2" frameClass="flex-1 basis-48" />;
  const postcode = (
    <TextField
      key="postcode"
      {...common('postcode')}
      autoComplete="postal-code"
      autoCapitalize="characters"
      spellCheck={false}
      inputMode={digitsOnly.has(country) ? 'numeric' : 'text'}
      frameClass="w-40"
    />
  );
  return (
    <div className="grid gap-5">
      <TextField {...common('line1')} autoComplete="address-line1" />
      <TextField {...common('line2')} autoComplete="address-line2" />
      <div className="flex flex-wrap items-end gap-5">
        {postcodeFirst.has(country) ? [postcode, city] : [city, postcode]}
      </div>
    </div>
  );
}
