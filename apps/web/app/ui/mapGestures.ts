import { useRef, type PointerEvent } from 'react';
import type { MapView } from './ZoneMap.tsx';

interface Gestures {
  view: MapView;
  /** The largest view; nobody zooms out of it. */
  limit: MapView;
  enabled: boolean;
  /** While a finger or the mouse moves. */
  onDraft: (view: MapView) => void;
  /** When it has come to rest. */
  onRest: (view: MapView) => void;
}

interface Start {
  view: MapView;
  points: Map<number, { x: number; y: number }>;
  moved: boolean;
}

const least = 300;

/** Drag and pinch on a square map. Links inside it still work: a drag of a few pixels swallows the click. */
export function useMapGestures({ view, limit, enabled, onDraft, onRest }: Gestures): Record<string, unknown> {
  const start = useRef<Start | undefined>(undefined);
  const last = useRef(view);
  if (!enabled) return {};

  const draft = (next: MapView): void => {
    last.current = next;
    onDraft(next);
  };

  function onPointerDown(event: PointerEvent<HTMLElement>): void {
    if (event.pointerType === 'mouse' && event.button !== 0) return;
    const points = start.current?.points ?? new Map<number, { x: number; y: number }>();
    points.set(event.pointerId, { x: event.clientX, y: event.clientY });
    start.current = { view, points, moved: start.current?.moved ?? false };
    last.current = view;
  }

  function onPointerMove(event: PointerEvent<HTMLElement>): void {
    const began = start.current;
    const from = began?.points.get(event.pointerId);
    if (!began || !from) return;
    const width = event.currentTarget.clientWidth;
    if (began.points.size > 1) return pinch(event, began, width);
    // One finger scrolls the page; it takes two to move the map, or a mouse.
    if (event.pointerType === 'touch') return;
    const dx = event.clientX - from.x;
    const dy = event.clientY - from.y;
    if (!began.moved && Math.hypot(dx, dy) < 6) return;
    if (!began.moved) event.currentTarget.setPointerCapture(event.pointerId);
    began.moved = true;
    const unit = began.view.size / width;
    draft({ ...began.view, x: began.view.x - dx * unit, y: began.view.y - dy * unit });
  }

  function pinch(event: PointerEvent<HTMLElement>, began: Start, width: number): void {
    const [one, two] = [...began.points.values()];
    const now = new Map(began.points).set(event.pointerId, { x: event.clientX, y: event.clientY });
    const [nowOne, nowTwo] = [...now.values()];
    if (!one || !two || !nowOne || !nowTwo) return;
    began.moved = true;
    const spread =
      Math.hypot(nowOne.x - nowTwo.x, nowOne.y - nowTwo.y) / Math.max(1, Math.hypot(one.x - two.x, one.y - two.y));
    const size = clamp(began.view.size / spread, limit.size);
    const unit = began.view.size / width;
    const dx = ((nowOne.x + nowTwo.x - one.x - two.x) / 2) * unit;
    const dy = ((nowOne.y + nowTwo.y - one.y - two.y) / 2) * unit;
    const rest = (began.view.size - size) / 2;
    draft({ x: began.view.x + rest - dx, y: began.view.y + rest - dy, size });
  }

  function onPointerUp(event: PointerEvent<HTMLElement>): void {
    const began = start.current;
    began?.points.delete(event.pointerId);
    if (!began || began.points.size > 0) return;
    start.current = undefined;
    if (began.moved) {
      swallowClick(event.currentTarget);
      onRest(last.current);
    }
  }

  return { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp };
}

const clamp = (size: number, most: number): number => Math.min(most, Math.max(least, size));

/** The click that ends a drag is not meant for the link under the pointer. */
function swallowClick(element: HTMLElement): void {
  const stop = (event: Event): void => {
    event.preventDefault();
    event.stopPropagation();
  };
  element.addEventListener('click', stop, { capture: true, once: true });
  setTimeout(() => element.removeEventListener('click', stop, { capture: true }), 50);
}
