import type { readinessCodes, ServiceBody } from '@plumbline/contracts/catalogue';
import { isAskable } from '@plumbline/domain/price';
import { refuse } from '../../platform/errors.ts';
import type { ServiceContent, ServiceRow } from './tables.ts';

export type ReadinessCode = (typeof readinessCodes)[number];

/** A new draft out of what was sent. Refuses `catalogue.price_invalid`. */
export function newContent(body: ServiceBody): ServiceContent {
  return sound({ ...body, packages: [] });
}

/** A draft with changes. Refuses `catalogue.price_invalid`. */
export function changedContent(content: ServiceContent, changes: Partial<ServiceContent>): ServiceContent {
  return sound({ ...content, ...changes });
}

function sound(content: ServiceContent): ServiceContent {
  const amountMinor = content.priceMinor === null ? null : BigInt(content.priceMinor);
  const hasPrice = amountMinor !== null;
  // A draft may lack its price; it may not have a wrong one.
  const isFine =
    content.priceKind === 'quote' ? !hasPrice : !hasPrice || isAskable({ kind: content.priceKind, amountMinor });
  if (!isFine)
    refuse('catalogue.price_invalid', { errors: [{ path: '/priceMinor', message: 'not a price of this kind' }] });
  if (content.packages.some(({ amountMinor }) => BigInt(amountMinor) <= 0n)) {
    refuse('catalogue.price_invalid', { errors: [{ path: '/items', message: 'a package has a price' }] });
  }
  return content;
}

const shortestTitle = 6;
const shortestDescription = 40;

/** What stands between a draft and its publication, in the order in which people would write it. */
export function missingIn(
  content: ServiceContent,
  around: { hasProfile: boolean; zones: number; team: number },
): ReadinessCode[] {
  const checks: [ReadinessCode, boolean][] = [
    ['profile_missing', !around.hasProfile],
    ['title_short', content.title.trim().length < shortestTitle],
    ['description_short', content.description.trim().length < shortestDescription],
    ['price_missing', content.priceKind !== 'quote' && content.priceMinor === null],
    ['coverage_missing', around.zones === 0],
    ['team_missing', around.team === 0],
  ];
  return checks.filter(([, isMissing]) => isMissing).map(([code]) => code);
}

/** E-mail addresses, and seven digits or more that may be parted by spaces, dots or dashes. */
const contact = /[\w.+-]+\s?@\s?[\w-]+\.[a-z]{2,}|(?:\+|\b)\d(?:[ ().-]{0,2}\d){6,}/i;
const link = /\bhttps?:\/\/|\bwww\.|\b[a-z0-9-]+\.(?:com|net|org|co\.uk|uk|ie|ae|io|me|info|biz|shop|site)\b/i;

/** What an automatic look at a listing finds suspicious; nothing means that it can be published at once. */
export function findingsIn({
  title,
  summary,
  description,
  tags,
  includes,
  packages,
}: ServiceContent): ServiceRow['findings'] {
  const text = [
    title,
    summary,
    description,
    ...tags,
    ...includes,
    ...packages.flatMap((item) => [item.name, item.description]),
  ].join('\n');
  const findings: ServiceRow['findings'] = [];
  if (contact.test(text)) findings.push('contact_in_text');
  if (link.test(text)) findings.push('link_in_text');
  return findings;
}

/** `Boiler service & check` → `boiler-service-check`; decorates a URL, the id decides. */
export function slugOf(title: string): string {
  const words =
    title
      .normalize('NFKD')
      .replaceAll(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  return words.join('-').slice(0, 60).replace(/-$/, '') || 'service';
}

export const isSameContent = (a: ServiceContent, b: ServiceContent | null): boolean =>
  b !== null && JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b));

/** jsonb gives properties back in an order of its own. */
const inOrder = (value: object): unknown =>
  Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, part]) => [
      key,
      Array.isArray(part)
        ? part.map((item: unknown) => (typeof item === 'object' && item !== null ? inOrder(item) : item))
        : part,
    ]);
