import { useEffect, useRef } from 'react';
import { useRevalidator } from 'react-router';

/** Several events of one act arrive together; one look at the server answers them all. */
const settleMs = 120;

/**
 * Keeps a page true: when somebody else acts on one of these topics, its loaders run again. The browser takes the
 * stream up where it broke off. Without JavaScript the page is as true as its last load. `after` is the cursor of the
 * page's reading (`liveCursor` of the page context): nothing that happened since then is missed.
 */
export function useLive(topics: readonly string[], after?: string): void {
  const { revalidate } = useRevalidator();
  const names = topics.join(' ');
  // Later readings of the same page do not open another stream.
  const cursor = useRef(after);
  useEffect(() => {
    if (!names || typeof EventSource === 'undefined') return undefined;
    const search = new URLSearchParams(names.split(' ').map((topic) => ['topic', topic]));
    if (cursor.current) search.set('after', cursor.current);
    const source = new EventSource(`/v1/live?${search.toString()}`);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => void revalidate(), settleMs);
    };
    source.addEventListener('change', look);
    // Away for too long to be told what happened: look at once.
    source.addEventListener('reset', look);
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [names, revalidate]);
}
