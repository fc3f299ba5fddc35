/** What a kind of company offers in the demo market. Prices in minor units, VAT included; times in minutes. */
export interface OfferTemplate {
  title: string;
  summary: string;
  description: string;
  tags: string[];
  includes: string[];
  kind: 'fixed' | 'hourly' | 'quote';
  minor: number;
  minutes: number;
  onDemand?: true;
}

export const offer = (
  title: string,
  summary: string,
  description: string,
  tags: string,
  includes: string,
  price: [OfferTemplate['kind'], pounds: number, minutes: number],
  onDemand?: true,
): OfferTemplate => ({
  title,
  summary,
  description,
  tags: tags.split(', '),
  includes: includes.split('; '),
  kind: price[0],
  minor: price[1] * 100,
  minutes: price[2],
  ...(onDemand && { onDemand }),
});
