/** Active currencies of ISO 4217 by the number of their decimals, the exponent. */
const byExponent = {
  0: ['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'],
  2: [
    ...['AED', 'AFN', 'ALL', 'AMD', 'AOA', 'ARS', 'AUD', 'AWG', 'AZN', 'BAM', 'BBD', 'BDT', 'BMD', 'BND', 'BOB', 'BRL'],
    ...['BSD', 'BTN', 'BWP', 'BYN', 'BZD', 'CAD', 'CDF', 'CHF', 'CNY', 'COP', 'CRC', 'CUP', 'CVE', 'CZK', 'DKK', 'DOP'],
    ...['DZD', 'EGP', 'ERN', 'ETB', 'EUR', 'FJD', 'FKP', 'GBP', 'GEL', 'GHS', 'GIP', 'GMD', 'GTQ', 'GYD', 'HKD', 'HNL'],
    ...['HTG', 'HUF', 'IDR', 'ILS', 'INR', 'IRR', 'JMD', 'KES', 'KGS', 'KHR', 'KPW', 'KYD', 'KZT', 'LAK', 'LBP', 'LKR'],
    ...['LRD', 'LSL', 'MAD', 'MDL', 'MGA', 'MKD', 'MMK', 'MNT', 'MOP', 'MRU', 'MUR', 'MVR', 'MWK', 'MXN', 'MYR', 'MZN'],
    ...['NAD', 'NGN', 'NIO', 'NOK', 'NPR', 'NZD', 'PAB', 'PEN', 'PGK', 'PHP', 'PKR', 'PLN', 'QAR', 'RON', 'RSD', 'RUB'],
    ...['SAR', 'SBD', 'SCR', 'SDG', 'SEK', 'SGD', 'SHP', 'SLE', 'SOS', 'SRD', 'SSP', 'STN', 'SVC', 'SYP', 'SZL', 'THB'],
    ...['TJS', 'TMT', 'TOP', 'TRY', 'TTD', 'TWD', 'TZS', 'UAH', 'USD', 'UYU', 'UZS', 'VED', 'VES', 'WST', 'XCD', 'YER'],
    ...['ZAR', 'ZMW', 'ZWG'],
  ],
  3: ['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'],
} as const;

type ByExponent = typeof byExponent;

/** A currency of ISO 4217, for example `GBP`. */
export type CurrencyCode = ByExponent[keyof ByExponent][number];

/** How many decimals a currency has: 0, 2 or 3. */
export type Exponent = keyof ByExponent;

const exponents: ReadonlyMap<string, Exponent> = new Map(
  ([0, 2, 3] as const).flatMap((exponent) => byExponent[exponent].map((code) => [code, exponent] as const)),
);

/** All currencies, in the order of their exponents and then of the alphabet. */
export const currencies: readonly CurrencyCode[] = [...byExponent[0], ...byExponent[2], ...byExponent[3]];

export function isCurrency(text: string): text is CurrencyCode {
  return exponents.has(text);
}

/** The text as a currency; throws for anything else. */
export function currencyOf(text: string): CurrencyCode {
  if (!isCurrency(text)) throw new RangeError(`not a currency of ISO 4217: ${text}`);
  return text;
}

/** Decimals of the currency by ISO 4217: JPY 0, GBP 2, KWD 3. */
export function exponentOf(currency: CurrencyCode): Exponent {
  const exponent = exponents.get(currency);
  if (exponent === undefined) throw new RangeError(`not a currency of ISO 4217: ${currency}`);
  return exponent;
}
