import { useEffect, useSyncExternalStore, type ReactNode } from 'react';
import { useT } from '../../lib/i18n.tsx';
import { Icon } from '../Icon.tsx';
import '../messages.ts';
import { dismissToast, subscribe, toasts, type Toast } from './toasts.ts';

/** Long enough to read and to reach Undo (WCAG 2.2.1: nothing is lost when it goes; the act has its place in the page). */
const stays = 10_000;

/**
 * What has just happened, in a corner, for a while. Stands once in the shell: the live region must be there before it
 * speaks. Never for faults, never for what must be answered.
 */
export function Toasts(): ReactNode {
  const t = useT();
  const shown = useSyncExternalStore(subscribe, toasts, toasts);
  return (
    <section
      aria-label={t('part.toast.region')}
      className="pointer-events-none fixed inset-x-0 bottom-0 z-50 grid justify-items-center gap-2 p-4 sm:justify-items-end"
    >
      <ul aria-live="polite" aria-relevant="additions" className="grid w-full max-w-form gap-2 sm:w-96">
        {shown.map((toast) => (
          <ToastCard key={toast.id} toast={toast} />
        ))}
      </ul>
    </section>
  );
}

function ToastCard({ toast }: { toast: Toast }): ReactNode {
  const t = useT();
  const { id, text, undo } = toast;
  useEffect(() => {
    const timer = setTimeout(() => dismissToast(id), stays);
    return () => clearTimeout(timer);
  }, [id]);
  return (
    <li className="rise pointer-events-auto flex items-center gap-2 rounded-card border border-line bg-sheet py-1.5 ps-4 pe-1.5 shadow-float">
      <Icon name="check" className="text-good-ink" />
      <p className="min-w-0 flex-1 py-2">{text}</p>
      {undo && (
        <button
          type="button"
          className="min-h-touch rounded-control px-3 font-strong text-action hover:bg-sunk"
          onClick={() => {
            undo();
            dismissToast(id);
          }}
        >
          {t('part.toast.undo')}
        </button>
      )}
      <button
        type="button"
        aria-label={t('part.toast.dismiss')}
        className="grid size-touch place-items-center rounded-control text-ink-muted hover:bg-sunk"
        onClick={() => dismissToast(id)}
      >
        <Icon name="cross" />
      </button>
    </li>
  );
}
