import { useSyncExternalStore, type ReactNode } from 'react';
import { useT } from '../lib/i18n.tsx';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';
import './messages.ts';
import { Banner } from './Signs.tsx';
import { Reference } from './Text.tsx';

interface ErrorStateProps {
  title: ReactNode;
  /** What is safe, and what to do. */
  children: ReactNode;
  reference?: string;
  onAgain?: () => void;
}

/** One piece of a page could not be shown; the rest stands. Says what is safe and offers another try. */
export function ErrorState({ title, children, reference, onAgain }: ErrorStateProps): ReactNode {
  const t = useT();
  return (
    <div role="alert" className="rounded-card border border-line bg-sheet p-6">
      <p className="flex items-start gap-2 text-18 font-strong">
        <Icon name="alert" size={22} className="mt-0.5 text-bad-ink" />
        {title}
      </p>
      <div className="mt-1.5 max-w-prose text-ink-muted">{children}</div>
      {reference && (
        <p className="mt-3 text-14 text-ink-muted">
          {t.rich<ReactNode>('part.error.reference', { reference: <Reference key="r">{reference}</Reference> })}
        </p>
      )}
      {onAgain && (
        <div className="mt-4">
          <Button type="button" tone="quiet" onClick={onAgain}>
            <Icon name="refresh" />
            {t('part.error.again')}
          </Button>
        </div>
      )}
    </div>
  );
}

function subscribe(listener: () => void): () => void {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
}

/** True while the browser says that it has a network; the server always has one. */
const useOnline = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );

/** Says that the connection is gone and what that means, for as long as it is. `offline` forces it, for stories. */
export function OfflineBanner({ offline }: { offline?: boolean }): ReactNode {
  const t = useT();
  const online = useOnline();
  if (online && !offline) return null;
  return (
    <Banner tone="warn" title={t('part.offline.title')}>
      {t('part.offline.body')}
    </Banner>
  );
}
