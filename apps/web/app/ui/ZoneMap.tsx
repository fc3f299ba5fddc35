import { useState, type MouseEvent, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useT } from '../lib/i18n.tsx';
import { cx } from './cx.ts';
import { Icon, type IconName } from './Icon.tsx';
import { useMapGestures } from './mapGestures.ts';

/** A piece of the drawing, in its own units (north up, y downwards). */
export interface MapView {
  x: number;
  y: number;
  size: number;
}

export interface MapZone {
  id: string;
  name: string;
  /** Where its name stands. */
  at: { x: number; y: number };
  to: string;
  selected?: boolean;
}

export interface MapPin {
  id: string;
  x: number;
  y: number;
  label: string;
  /** The whole sentence for those who do not see the map. */
  name: string;
  to?: string;
}

interface ZoneMapProps {
  place: string;
  /** The file with the shapes: `#land` and one `#<zone id>` each. */
  shapes: string;
  view: MapView;
  zones: MapZone[];
  pins?: MapPin[];
  /** The pin that the list beside points at. */
  active?: string | undefined;
  onActive?: (id: string | undefined) => void;
  /** The page for another view: every button is a link, so the map works without JavaScript. Without it the map stands still. */
  viewTo?: (view: MapView) => string;
  /** The whole of the map: nobody zooms out of it. Comes with `viewTo`. */
  whole?: { view: MapView; to: string };
  attribution: string[];
  /** Called when a drag, pinch or wheel has come to rest. */
  onMove?: (view: MapView) => void;
  point?: { x: number; y: number } | undefined;
  /** What a press on a zone does instead of following its link, where a script runs. */
  onZone?: (id: string) => void;
}

const percent = (value: number): string => `${(value * 100).toFixed(2)}%`;

/**
 * A map of land, zones and pins: drawn on the server, moved by links; with JavaScript also by mouse and finger. What
 * it shows also stands in a list beside it: that is the caller's part.
 */
export function ZoneMap(props: ZoneMapProps): ReactNode {
  const t = useT();
  const [draft, setDraft] = useState<MapView>();
  const view = draft ?? props.view;
  const gestures = useMapGestures({
    view,
    limit: props.whole?.view ?? props.view,
    onDraft: setDraft,
    onRest: (next) => {
      setDraft(undefined);
      props.onMove?.(next);
    },
    enabled: props.onMove !== undefined,
  });
  return (
    <figure className="m-0" dir="ltr">
      <div
        {...gestures}
        role="group"
        aria-label={t('ui.map.label', { place: props.place })}
        className="relative aspect-square touch-pan-y overflow-hidden rounded-card border border-line bg-map-water select-none"
      >
        <Shapes {...props} view={view} />
        <Labels {...props} view={view} />
        <Pins {...props} view={view} />
        {props.viewTo && props.whole && <Controls view={view} viewTo={props.viewTo} whole={props.whole} />}
      </div>
      <figcaption className="mt-1.5 text-12 text-ink-muted" dir="auto">
        {props.attribution.join(' ')}
      </figcaption>
    </figure>
  );
}

function Shapes({ view, shapes, zones, point, onZone }: ZoneMapProps): ReactNode {
  return (
    <svg viewBox={`${view.x} ${view.y} ${view.size} ${view.size}`} className="absolute inset-0 size-full">
      <use
        href={`${shapes}#land`}
        className="fill-map-land stroke-map-edge"
        strokeWidth="1"
        vectorEffect="non-scaling-stroke"
        aria-hidden="true"
      />
      {zones.map((zone) => (
        <Link
          key={zone.id}
          to={zone.to}
          aria-label={zone.name}
          aria-current={zone.selected ? 'true' : undefined}
          preventScrollReset
          draggable={false}
          onClick={onZone && chosen(onZone, zone.id)}
          className="group outline-none"
        >
          <use
            href={`${shapes}#${zone.id}`}
            className={cx(
              'stroke-map-zone-edge transition-[fill] duration-150 group-hover:fill-action-soft group-focus-visible:fill-action-soft group-focus-visible:stroke-focus',
              zone.selected ? 'fill-action-soft stroke-action' : 'fill-map-zone',
            )}
            strokeWidth={zone.selected ? 2 : 1}
            strokeLinejoin="round"
          />
        </Link>
      ))}
      {point && (
        <g transform={`translate(${point.x} ${point.y})`} aria-hidden="true">
          <circle r={view.size * 0.035} className="fill-action opacity-20" />
          <circle r={view.size * 0.012} className="fill-action stroke-sheet" strokeWidth={view.size * 0.005} />
        </g>
      )}
    </svg>
  );
}

const chosen =
  (onZone: (id: string) => void, id: string) =>
  (event: MouseEvent): void => {
    event.preventDefault();
    onZone(id);
  };

const place = (view: MapView, at: { x: number; y: number }): { insetInlineStart: string; insetBlockStart: string } => ({
  insetInlineStart: percent((at.x - view.x) / view.size),
  insetBlockStart: percent((at.y - view.y) / view.size),
});

const inside = (view: MapView, at: { x: number; y: number }, margin = 0.02): boolean =>
  at.x > view.x + view.size * margin &&
  at.x < view.x + view.size * (1 - margin) &&
  at.y > view.y + view.size * margin &&
  at.y < view.y + view.size * (1 - margin);

/** A name is drawn only where no other lies under it, reckoned for a map as small as a phone shows it. */
const nominalWidth = 420;

function Labels({ view, zones }: ZoneMapProps): ReactNode {
  return clearOfEachOther(
    view,
    zones.filter((zone) => inside(view, zone.at, 0.06)),
  ).map((zone) => (
    <span
      key={zone.id}
      aria-hidden="true"
      style={place(view, zone.at)}
      className={cx(
        'pointer-events-none absolute -translate-x-1/2 -translate-y-1/2 text-center text-12 leading-tight font-medium whitespace-nowrap',
        zone.selected ? 'text-action' : 'text-ink-muted',
      )}
    >
      {zone.name}
    </span>
  ));
}

function clearOfEachOther(view: MapView, zones: MapZone[]): MapZone[] {
  const shown: { zone: MapZone; x: number; y: number; half: number }[] = [];
  for (const zone of zones.toSorted((one, other) => Number(other.selected ?? false) - Number(one.selected ?? false))) {
    const x = ((zone.at.x - view.x) / view.size) * nominalWidth;
    const y = ((zone.at.y - view.y) / view.size) * nominalWidth;
    const half = zone.name.length * 3.2 + 3;
    const covered = shown.some((other) => Math.abs(other.x - x) < other.half + half && Math.abs(other.y - y) < 15);
    if (!covered) shown.push({ zone, x, y, half });
  }
  return shown.map(({ zone }) => zone);
}

function Pins({ view, pins, active, onActive }: ZoneMapProps): ReactNode {
  return pins
    ?.filter((pin) => inside(view, pin))
    .map((pin) => {
      const look = cx(
        'absolute -translate-x-1/2 -translate-y-full rounded-full border px-2.5 py-1 text-14 leading-none font-strong whitespace-nowrap tabular-nums transition-[background-color,color] duration-150 hover:z-20 focus-visible:z-20',
        'after:absolute after:top-full after:left-1/2 after:h-1.5 after:w-px after:bg-ink',
        active === pin.id
          ? 'z-20 border-ink bg-ink text-on-ink'
          : 'z-10 border-line-strong bg-sheet text-ink hover:bg-ink hover:text-on-ink',
      );
      const style = { ...place(view, pin), marginBlockStart: '-6px' };
      const events = { onMouseEnter: () => onActive?.(pin.id), onMouseLeave: () => onActive?.(undefined) };
      return pin.to ? (
        <Link
          data-pin
          key={pin.id}
          to={pin.to}
          style={style}
          className={look}
          aria-label={pin.name}
          draggable={false}
          {...events}
        >
          {pin.label}
        </Link>
      ) : (
        <span key={pin.id} style={style} className={look}>
          {pin.label}
        </span>
      );
    });
}

const least = 300;

interface ControlsProps {
  view: MapView;
  viewTo: (view: MapView) => string;
  whole: { view: MapView; to: string };
}

function Controls({ view, viewTo, whole }: ControlsProps): ReactNode {
  const t = useT();
  const zoomed = (factor: number): MapView => {
    const size = Math.min(whole.view.size, Math.max(least, view.size * factor));
    return { x: view.x + (view.size - size) / 2, y: view.y + (view.size - size) / 2, size };
  };
  const moved = (dx: number, dy: number): MapView => ({
    ...view,
    x: view.x + dx * view.size * 0.4,
    y: view.y + dy * view.size * 0.4,
  });
  return (
    <div className="absolute end-3 top-3 z-30 grid gap-2">
      <div className="grid justify-self-end overflow-hidden rounded-control border border-line bg-sheet">
        <Control to={viewTo(zoomed(0.6))} icon="plus" label={t('ui.map.zoom_in')} off={view.size <= least} />
        <Control
          to={viewTo(zoomed(1 / 0.6))}
          icon="minus"
          label={t('ui.map.zoom_out')}
          off={view.size >= whole.view.size}
        />
        <Control to={whole.to} icon="target" label={t('ui.map.reset')} />
      </div>
      <div className="grid grid-cols-2 overflow-hidden rounded-control border border-line bg-sheet">
        <Control to={viewTo(moved(-1, 0))} icon="arrow-start" label={t('ui.map.west')} />
        <Control to={viewTo(moved(1, 0))} icon="arrow-end" label={t('ui.map.east')} />
        <Control to={viewTo(moved(0, -1))} icon="arrow-start" turn label={t('ui.map.north')} />
        <Control to={viewTo(moved(0, 1))} icon="arrow-end" turn label={t('ui.map.south')} />
      </div>
    </div>
  );
}

function Control({
  to,
  icon,
  label,
  off = false,
  turn = false,
}: {
  to: string;
  icon: IconName;
  label: string;
  off?: boolean;
  turn?: boolean;
}): ReactNode {
  const look = 'grid size-9 place-items-center';
  if (off) {
    return (
      <span className={cx(look, 'text-ink-faint opacity-50')} aria-hidden="true">
        <Icon name={icon} size={18} />
      </span>
    );
  }
  return (
    <Link
      to={to}
      aria-label={label}
      preventScrollReset
      replace
      className={cx(look, 'hover:bg-sunk focus-visible:-outline-offset-3')}
    >
      <Icon name={icon} size={18} className={turn ? 'rotate-90' : undefined} />
    </Link>
  );
}
