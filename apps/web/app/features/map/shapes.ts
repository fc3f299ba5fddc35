import type { MultiPolygon } from '@plumbline/contracts/zones';
import { apiContext } from '../../lib/context.ts';
import { load } from '../../lib/load.ts';
import { project, projectionOf, type Projection } from '../../lib/map.ts';
import type { Route } from './+types/shapes';

/**
 * The shapes of a market's map as a file of their own: pages refer to them by `<use>`, so no page carries geometry,
 * and colours still come from the page. The version in the address changes with the zones.
 */
export function loader({ context, params, request }: Route.LoaderArgs) {
  return load(request, async () => {
    const map = await context.get(apiContext).zones.map({ params: { regionId: params.regionId } });
    const projection = projectionOf(map.bounds);
    const paths = [
      `<path id="land" d="${pathOf(projection, map.land)}"/>`,
      ...map.zones.map((zone) => `<path id="${zone.zoneId}" d="${pathOf(projection, zone.geometry)}"/>`),
    ];
    const body = `<svg xmlns="http://www.w3.org/2000/svg">${paths.join('\n')}</svg>`;
    const fresh = params.version === String(map.zonesVersion);
    return new Response(body, {
      headers: {
        'content-type': 'image/svg+xml; charset=utf-8',
        'cache-control': fresh ? 'public, max-age=31536000, immutable' : 'no-store',
      },
    });
  });
}

/** Relative moves of whole units: small, and it packs well. Points that fall together are left out. */
function pathOf(projection: Projection, { coordinates }: MultiPolygon): string {
  return coordinates.flatMap((polygon) => polygon.map((ring) => ringPath(projection, ring))).join('');
}

function ringPath(projection: Projection, ring: number[][]): string {
  let last: { x: number; y: number } | undefined;
  let text = '';
  for (const [lng, lat] of ring) {
    const point = project(projection, { lat: lat ?? 0, lng: lng ?? 0 });
    if (!last) text += `M${point.x} ${point.y}`;
    else if (point.x !== last.x || point.y !== last.y) text += `l${point.x - last.x} ${point.y - last.y}`;
    last = point;
  }
  return `${text}z`;
}
