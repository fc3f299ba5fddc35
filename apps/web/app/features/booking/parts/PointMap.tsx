import {
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
  type MouseEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import { useT } from '../../../lib/i18n.tsx';
import { project, unproject, viewAround, type LatLng } from '../../../lib/map.ts';
import { nearestPlace, type MapModel } from '../../../lib/mapModel.ts';
import { fieldId } from '../../../ui/Field.tsx';
import { outcodeOf } from './outcode.ts';

export interface PlacePoint {
  placeId: string;
  label: string;
  point: LatLng;
}

/**
 * Sets the point by a click. It only makes the list above finer: whoever does not see or use the map has the list,
 * so it is not there before a script can serve it.
 */
export function PointMap({ map, places }: { map: MapModel; places: PlacePoint[] }): ReactNode {
  const t = useT();
  const ready = useHydrated();
  const box = useRef<HTMLDivElement>(null);
  const { point, centre, setPoint } = useFollowedPoint(box, places);

  const square = centre ? viewAround(map.projection, centre, 6) : map.whole;
  const view = { x: square.x, y: square.y + square.size / 8, width: square.size, height: square.size * 0.75 };
  const at = point ?? centre;
  const mark = at && project(map.projection, at);

  function pick(event: MouseEvent<SVGSVGElement>): void {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    const x = view.x + ((event.clientX - left) / width) * view.width;
    const y = view.y + ((event.clientY - top) / height) * view.height;
    setPoint(unproject(map.projection, { x, y }));
  }

  const nearest = point && nearestPlace(places, point);
  return (
    <div ref={box} hidden={!ready} dir="ltr">
      <input type="hidden" name="lat" value={point?.lat.toFixed(6) ?? ''} />
      <input type="hidden" name="lng" value={point?.lng.toFixed(6) ?? ''} />
      <p className="mb-1.5 text-14 text-ink-muted" dir="auto">
        {t('booking.point.hint')}
      </p>
      {ready && (
        <svg
          viewBox={`${view.x} ${view.y} ${view.width} ${view.height}`}
          onClick={pick}
          aria-hidden="true"
          className="block aspect-4/3 w-full cursor-crosshair rounded-card border border-line bg-map-water"
        >
          <use href={`${map.shapes}#land`} className="fill-map-land stroke-map-edge" strokeWidth={view.width / 600} />
          {map.zones.map(({ id }) => (
            <use
              key={id}
              href={`${map.shapes}#${id}`}
              className="fill-map-zone stroke-map-zone-edge"
              strokeWidth={view.width / 600}
            />
          ))}
          {mark && (
            <g transform={`translate(${mark.x} ${mark.y}) scale(${view.width / 460})`}>
              <path
                d="M-6-26H6c0 9-2 17-6 26-4-9-6-17-6-26z"
                className={point ? 'fill-brass stroke-ink' : 'fill-sheet stroke-ink'}
                strokeWidth="1.5"
              />
            </g>
          )}
        </svg>
      )}
      <p role="status" className="mt-1 text-14" dir="auto">
        {nearest && t('booking.point.set', { place: nearest.label })}
      </p>
    </div>
  );
}

const never = (): (() => void) => () => undefined;

/** False on the server and in the first drawing, true when scripts serve the page. */
const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );

/** The map follows the postcode and the list of places; a click sets a point of its own until one of them changes. */
function useFollowedPoint(box: RefObject<HTMLElement | null>, places: PlacePoint[]) {
  const [point, setPoint] = useState<LatLng>();
  const [centre, setCentre] = useState<LatLng>();
  useEffect(() => {
    const form = box.current?.closest('form');
    const follow = (): void => {
      const chosen = valueOf(form, 'place') || outcodeOf(valueOf(form, 'address.postcode'));
      const place = places.find(({ placeId }) => placeId.toUpperCase() === chosen.toUpperCase());
      if (!place) return;
      setCentre(place.point);
      setPoint(undefined);
    };
    const onChange = ({ target }: Event): void => {
      if (target instanceof HTMLElement && followed.includes(target.id)) follow();
    };
    form?.addEventListener('change', onChange);
    follow();
    return () => form?.removeEventListener('change', onChange);
  }, [box, places]);
  return { point, centre, setPoint };
}

const followed = [fieldId('place'), fieldId('address.postcode')];

function valueOf(form: HTMLFormElement | null | undefined, name: string): string {
  const field = form?.querySelector<HTMLInputElement | HTMLSelectElement>(`#${fieldId(name)}`);
  return field?.value ?? '';
}
