import type { Translator } from '@plumbline/i18n/translator';
import type { MarketView } from '@plumbline/contracts/zones';
import { metresBetween } from '@plumbline/domain/geo';
import type { LatLng } from '../../../lib/map.ts';
import type { ZoneOption, ZonePreset } from './ZoneChoice.tsx';

/** The zones of a market; those near to where a company starts come first. */
export function zoneOptions({ zones }: MarketView, base: LatLng | null): ZoneOption[] {
  const options = zones.map(({ zoneId, name, centre }) => ({
    zoneId,
    name,
    metres: base && Math.round(metresBetween(base, centre)),
  }));
  return base ? options.toSorted((one, other) => (one.metres ?? 0) - (other.metres ?? 0)) : options;
}

const distances = ['3', '5', '8'] as const;

/** What the address says is ticked (`?within=5`, `all`, `none`); undefined when it says nothing. */
export function presetOf(within: string | null, options: readonly ZoneOption[]): string[] | undefined {
  if (within === null) return undefined;
  if (within === 'none') return [];
  const metres = within === 'all' ? Infinity : Number(within) * 1000;
  return options.filter((zone) => (zone.metres ?? 0) <= metres).map(({ zoneId }) => zoneId);
}

export function presetsOf(t: Translator, city: string, near: boolean, to: (within: string) => string): ZonePreset[] {
  return [
    ...(near ? distances.map((n) => ({ label: t('studio.coverage.near.km', { n }), to: to(n) })) : []),
    { label: t('studio.coverage.near.all', { city }), to: to('all') },
    { label: t('studio.coverage.near.none'), to: to('none') },
  ];
}
