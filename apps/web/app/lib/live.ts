import { useEffect } from 'react';
import { useRevalidator } from 'react-router';

/** Several events of one act arrive together; one look at the server answers them all. */
const settleMs = 120;

/**
 * Keeps a page true: when somebody else acts on one of these topics, its loaders run again. The browser takes the
 * stream up where it broke off. Without JavaScript the page is as true as its last load.
 */
export function useLive(topics: readonly string[]): void {
  const { revalidate } = useRevalidator();
  const names = topics.join(' ');
  useEffect(() => {
    if (!names || typeof EventSource === 'undefined') return undefined;
    const search = new URLSearchParams(names.split(' ').map((topic) => ['topic', topic]));
    const source = new EventSource(`/v1/live?${search.toString()}`);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => void revalidate(), settleMs);
    };
    source.addEventListener('change', look);
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [names, revalidate]);
}
