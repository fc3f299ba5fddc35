import type { ReactNode } from 'react';
import { useT } from '../lib/i18n.tsx';

/** The name of the page in the tab, and what a search engine shows of it. */
export function Title({ children, description }: { children: string; description?: string }): ReactNode {
  const t = useT();
  return (
    <>
      <title>{t('shell.title.page', { page: children })}</title>
      {description && <meta name="description" content={description} />}
    </>
  );
}
