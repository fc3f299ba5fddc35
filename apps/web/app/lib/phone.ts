/** Calling codes of the countries that our markets and their people come from, and the digit before national numbers. */
const countries: Record<string, { code: string; trunk?: string }> = {
  AE: { code: '971', trunk: '0' },
  AT: { code: '43', trunk: '0' },
  AU: { code: '61', trunk: '0' },
  BE: { code: '32', trunk: '0' },
  CA: { code: '1', trunk: '1' },
  CH: { code: '41', trunk: '0' },
  DE: { code: '49', trunk: '0' },
  EG: { code: '20', trunk: '0' },
  ES: { code: '34' },
  FR: { code: '33', trunk: '0' },
  GB: { code: '44', trunk: '0' },
  IE: { code: '353', trunk: '0' },
  IN: { code: '91', trunk: '0' },
  IT: { code: '39' },
  MA: { code: '212', trunk: '0' },
  NL: { code: '31', trunk: '0' },
  PL: { code: '48' },
  PT: { code: '351' },
  RO: { code: '40', trunk: '0' },
  SA: { code: '966', trunk: '0' },
  US: { code: '1', trunk: '1' },
};

export const phoneCountries = Object.keys(countries);

export const callingCode = (country: string): string => countries[country]?.code ?? '';

/**
 * What people type as a telephone number, in E.164: `020 7946 0000` in GB is `+442079460000`. A number that begins
 * with + or 00 says its country itself. Undefined when it cannot be one.
 */
export function toE164(text: string, country: string): string | undefined {
  const bare = text.replaceAll(/[\s().\-/‑–]/g, '');
  const international = /^(?:\+|00)(\d+)$/.exec(bare)?.[1];
  if (international !== undefined) return /^[1-9]\d{6,14}$/.test(international) ? `+${international}` : undefined;
  const known = countries[country];
  if (!known || !/^\d+$/.test(bare)) return undefined;
  const national = known.trunk && bare.startsWith(known.trunk) ? bare.slice(known.trunk.length) : bare;
  const whole = known.code + national;
  return national.length >= 5 && whole.length <= 15 ? `+${whole}` : undefined;
}
