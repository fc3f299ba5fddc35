import type { MultiPolygon, NumbersView, PlaceView, ZoneReport, ZoneSummary } from '@plumbline/contracts/zones';
import type { ImportResult } from './import.ts';
import type { Place, Zone } from './snapshot.ts';
import type { NumbersRow, ShapeJson } from './tables.ts';

export const presentZone = ({ zoneId, slug, name, demand, centre, bounds }: Zone): ZoneSummary => ({
  zoneId,
  slug,
  name,
  demand,
  centre,
  bounds,
});

export const presentPlace = ({ placeId, kind, name, label, point, zone }: Place): PlaceView => ({
  placeId,
  kind,
  name,
  label,
  point,
  zone,
});

export const presentShape = (coordinates: ShapeJson): MultiPolygon => ({ type: 'MultiPolygon', coordinates });

type Reported = Pick<ImportResult, 'report' | 'frame' | 'zones' | 'zonesVersion'>;

export function presentReport({ report, frame, zones, zonesVersion }: Reported): ZoneReport {
  const at = ([x, y]: [number, number]) => {
    const [lng, lat] = frame.toDegrees(x, y);
    return { lat, lng };
  };
  return {
    zonesVersion,
    zones,
    overlaps: report.overlaps.map((overlap) => ({ ...overlap, at: at(overlap.at) })),
    gaps: report.gaps.map((gap) => ({ ...gap, at: at(gap.at) })),
    coveredSquareKilometres: report.coveredSquareMetres / 1e6,
  };
}

export const presentNumbers = (row: NumbersRow, mayChange: boolean): NumbersView => ({
  regionId: row.region_id,
  version: row.version,
  numbers: row.numbers,
  changedAt: row.changed_at.toISOString(),
  reason: row.reason,
  can: { change: mayChange },
});
