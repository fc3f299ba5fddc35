export interface Toast {
  id: number;
  text: string;
  /** Takes the act back. Only for what can be taken back: never money, consent or disputes. */
  undo?: (() => void) | undefined;
}

/** More than three at once nobody reads: the oldest goes. */
const atMost = 3;

let shown: Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();

function change(next: Toast[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

export const toasts = (): Toast[] => shown;

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Says what has happened; answers the number by which it can be dismissed. */
export function toast(text: string, options: { undo?: () => void } = {}): number {
  last += 1;
  change([...shown, { id: last, text, undo: options.undo }].slice(-atMost));
  return last;
}

export const dismissToast = (id: number): void => change(shown.filter((one) => one.id !== id));
