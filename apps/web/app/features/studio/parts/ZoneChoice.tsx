import type { Translator } from '@plumbline/i18n/translator';
import { useState, type ReactNode } from 'react';
import type { MapModel } from '../../../lib/mapModel.ts';
import { useT } from '../../../lib/i18n.tsx';
import { Check, Choice } from '../../../ui/Field.tsx';
import { LinkChip } from '../../../ui/Signs.tsx';
import { ZoneMap } from '../../../ui/ZoneMap.tsx';

export interface ZoneOption {
  zoneId: string;
  name: string;
  /** From where the company starts to the middle of the zone; null while that is not known. */
  metres: number | null;
}

export interface ZonePreset {
  label: string;
  to: string;
}

interface ZoneChoiceProps {
  zones: ZoneOption[];
  chosen: string[];
  presets: ZonePreset[];
  map: MapModel;
  base: { x: number; y: number } | undefined;
  error: string | undefined;
}

/** Zones to tick, beside the map that shows and ticks the same ones. Without a script the map leads to the boxes. */
export function ZoneChoice({ zones, chosen: first, presets, map, base, error }: ZoneChoiceProps): ReactNode {
  const t = useT();
  const [chosen, setChosen] = useState(() => new Set(first));
  const toggle = (zoneId: string): void => {
    setChosen((before) => {
      const after = new Set(before);
      if (!after.delete(zoneId)) after.add(zoneId);
      return after;
    });
  };
  return (
    <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_26rem]">
      <div className="min-w-0">
        {presets.length > 0 && (
          <nav aria-label={t('studio.coverage.near')} className="mb-5 flex flex-wrap gap-2">
            {presets.map(({ label, to }) => (
              <LinkChip key={to} to={to} preventScrollReset replace>
                {label}
              </LinkChip>
            ))}
          </nav>
        )}
        <Choice legend={t('studio.coverage.zones')} name="zones" hint={t('studio.coverage.zones.hint')} error={error}>
          <p role="status" className="mb-1 text-14 font-strong text-brass-ink">
            {t('studio.coverage.count', { n: chosen.size })}
          </p>
          <div className="grid gap-x-8 sm:grid-cols-2">
            {zones.map(({ zoneId, name, metres }) => (
              <div
                key={zoneId}
                id={`zone-${zoneId}`}
                className="scroll-mt-24 border-b border-line target:bg-brass-soft"
              >
                <Check
                  name="zones"
                  value={zoneId}
                  label={name}
                  note={metres === null ? undefined : awayText(t, metres)}
                  checked={chosen.has(zoneId)}
                  onChange={() => toggle(zoneId)}
                />
              </div>
            ))}
          </div>
        </Choice>
      </div>
      <div className="lg:sticky lg:top-24 max-lg:order-first">
        <ZoneMap
          place={map.city}
          shapes={map.shapes}
          view={map.whole}
          zones={map.zones.map(({ id, name, at }) => ({ id, name, at, to: `#zone-${id}`, selected: chosen.has(id) }))}
          onZone={toggle}
          point={base}
          attribution={[t('ui.map.credit')]}
        />
      </div>
    </div>
  );
}

const awayText = (t: Translator, metres: number): string =>
  metres < 500
    ? t('studio.coverage.here')
    : t('studio.coverage.away', { km: t.number(metres / 1000, { maximumFractionDigits: 1 }) });
