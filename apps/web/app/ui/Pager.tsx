import type { ReactNode } from 'react';
import { useT } from '../lib/i18n.tsx';
import { LinkButton } from './Button.tsx';

interface PagerProps {
  /** Where the page after this one is; absent on the last. */
  next: string | undefined;
  /** Where the list begins; absent on its first page. */
  first: string | undefined;
}

export function Pager({ next, first }: PagerProps): ReactNode {
  const t = useT();
  if (!next && !first) return null;
  return (
    <div className="mt-5 flex flex-wrap gap-4">
      {next && (
        <LinkButton to={next} tone="quiet">
          {t('ui.pages.next')}
        </LinkButton>
      )}
      {first && (
        <LinkButton to={first} tone="plain">
          {t('ui.pages.first')}
        </LinkButton>
      )}
    </div>
  );
}
