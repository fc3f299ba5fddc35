import type { MarketView } from '@plumbline/contracts/zones';
import { paths } from '../paths.ts';
import type { MapView } from '../ui/ZoneMap.tsx';
import { project, projectionOf, viewOf, type LatLng, type Projection } from './map.ts';

/** What a page needs to draw the map of a market: a reference to the shapes, and where things stand. */
export interface MapModel {
  city: string;
  shapes: string;
  projection: Projection;
  whole: MapView;
  zones: { id: string; slug: string; name: string; at: { x: number; y: number } }[];
}

export function mapModel(market: MarketView): MapModel {
  const projection = projectionOf(market.bounds);
  return {
    city: market.city,
    shapes: paths.mapShapes(market.regionId, market.zonesVersion),
    projection,
    whole: viewOf(projection, market.bounds),
    zones: market.zones.map(({ zoneId, slug, name, centre }) => ({
      id: zoneId,
      slug,
      name,
      at: project(projection, centre),
    })),
  };
}

/** The nearest of some places to a point; for lists that stand in for a map. */
export function nearestPlace<P extends { point: LatLng }>(places: readonly P[], point: LatLng): P | undefined {
  const squeeze = Math.cos((point.lat * Math.PI) / 180);
  const far = ({ point: { lat, lng } }: P): number => (lat - point.lat) ** 2 + ((lng - point.lng) * squeeze) ** 2;
  return places.reduce<P | undefined>((best, place) => (best && far(best) <= far(place) ? best : place), undefined);
}
