import { useEffect, useState } from 'react';

/**
 * Seconds that are left, counted down from what the server said when it answered: the clock of this device does not
 * matter. Undefined on the server and before hydration; the page then shows the moment itself.
 */
export function useCountdown(secondsLeft: number, answeredAt: string): number | undefined {
  const [left, setLeft] = useState<number>();
  useEffect(() => {
    const end = performance.now() + secondsLeft * 1000;
    const tick = (): void => setLeft(Math.max(0, Math.ceil((end - performance.now()) / 1000)));
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [secondsLeft, answeredAt]);
  return left;
}
