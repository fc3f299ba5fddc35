import { useEffect } from 'react';
import { useRevalidator } from 'react-router';

const lookEveryMs = 2_000;
const lookForMs = 40_000;

/**
 * Somebody who comes back from paying is often here before the bank's answer is. The live stream tells it; for a
 * stream that a proxy holds back we also look by ourselves for a while.
 */
export function useArrival(waiting: boolean): void {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (!waiting) return undefined;
    const timer = setInterval(() => void revalidate(), lookEveryMs);
    const end = setTimeout(() => clearInterval(timer), lookForMs);
    return () => {
      clearInterval(timer);
      clearTimeout(end);
    };
  }, [waiting, revalidate]);
}
