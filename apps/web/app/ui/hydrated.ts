import { useSyncExternalStore } from 'react';

const never = (): (() => void) => () => undefined;

/** False on the server and until the page is alive: a part then shows its native twin, which posts without scripts. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
