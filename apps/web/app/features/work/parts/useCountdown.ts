import { useEffect, useState } from 'react';

/**
 * Seconds until a moment, counted down from the server's clock when it answered: the clock of this device does not
 * matter. Undefined on the server and before hydration; the page then shows the moment itself.
 */
export function useCountdown(until: string, answeredAt: string): number | undefined {
  const [left, setLeft] = useState<number>();
  useEffect(() => {
    const end = performance.now() + Date.parse(until) - Date.parse(answeredAt);
    const tick = (): void => setLeft(Math.max(0, Math.ceil((end - performance.now()) / 1000)));
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [until, answeredAt]);
  return left;
}
