import type { ReactNode } from 'react';
import { useActionData } from 'react-router';
import { useT } from '../lib/i18n.tsx';

/** The name of the page in the tab, and what a search engine shows of it. */
export function Title({ children, description }: { children: string; description?: string }): ReactNode {
  const t = useT();
  const answer: unknown = useActionData();
  const failed = typeof answer === 'object' && answer !== null && 'faults' in answer;
  const page = failed ? t('shell.title.error', { page: children }) : children;
  return (
    <>
      <title>{t('shell.title.page', { page })}</title>
      {description && <meta name="description" content={description} />}
    </>
  );
}
