import type { ReactNode } from 'react';
import { useT } from '../../lib/i18n.tsx';
import { cx } from '../cx.ts';
import { Icon } from '../Icon.tsx';

/** The cross of what lies over the page. */
export function CloseButton({ onClose, className }: { onClose: () => void; className: string }): ReactNode {
  const t = useT();
  return (
    <button
      type="button"
      onClick={onClose}
      aria-label={t('ui.dialog.close')}
      className={cx('grid size-touch place-items-center rounded-control hover:bg-sunk', className)}
    >
      <Icon name="cross" />
    </button>
  );
}
