import type { MessageKey } from '@plumbline/i18n';
import type { ReactNode } from 'react';
import { isRouteErrorResponse, Link, useLocation } from 'react-router';
import { useT } from '../lib/i18n.tsx';
import { paths } from '../paths.ts';
import { LinkButton } from '../ui/Button.tsx';
import { Page } from '../ui/Layout.tsx';
import { Mark } from '../ui/Line.tsx';
import { Reference } from '../ui/Text.tsx';
import { EmptyState, type EmptyDrawing } from '../ui/Wait.tsx';
import './messages.ts';

type Kind = 'error' | 'not_found' | 'forbidden' | 'rate' | 'unavailable';

const kinds: Record<number, Kind> = { 403: 'forbidden', 404: 'not_found', 429: 'rate', 503: 'unavailable' };

/** What is left when a page cannot be shown: what happened, what is safe, what to do, and a reference. */
export function Trouble({ error }: { error: unknown }): ReactNode {
  const t = useT();
  const { pathname, search } = useLocation();
  const status = isRouteErrorResponse(error) ? error.status : 500;
  const kind = kinds[status] ?? 'error';
  const reference = referenceOf(error);
  const drawing: EmptyDrawing = kind === 'not_found' ? 'map' : 'lost';
  const again = kind === 'not_found' || kind === 'forbidden';
  return (
    <Page width="prose" className="py-12 md:py-20">
      <title>{t('shell.title.page', { page: t(`shell.${kind}.title` satisfies MessageKey) })}</title>
      <EmptyState
        drawing={drawing}
        level="h1"
        title={t(`shell.${kind}.title`)}
        action={
          <div className="flex flex-wrap justify-center gap-3">
            {again ? (
              <LinkButton to={paths.explore()}>{t('shell.not_found.search')}</LinkButton>
            ) : (
              <LinkButton to={pathname + search} reloadDocument>
                {t('shell.error.again')}
              </LinkButton>
            )}
            <LinkButton to={paths.home()} tone="quiet">
              {t('shell.error.home')}
            </LinkButton>
          </div>
        }
      >
        <p>{t(`shell.${kind}.lead`)}</p>
        {reference && (
          <p className="mt-3 text-14">
            {t.rich('shell.error.reference', { id: <Reference key="id">{reference}</Reference> })}
          </p>
        )}
      </EmptyState>
    </Page>
  );
}

/** The same where even the shell is missing. */
export function TroublePage({ error }: { error: unknown }): ReactNode {
  const t = useT();
  return (
    <>
      <Page>
        <Link to={paths.home()} reloadDocument aria-label={t('shell.home')} className="inline-flex items-start gap-1">
          <Mark className="h-12 w-auto" />
          <span className="heading mt-[1.05rem] text-22 leading-none">Plumbline</span>
        </Link>
      </Page>
      <main id="content">
        <Trouble error={error} />
      </main>
    </>
  );
}

function referenceOf(error: unknown): string | undefined {
  if (!isRouteErrorResponse(error)) return undefined;
  const data: unknown = error.data;
  if (typeof data !== 'object' || data === null || !('requestId' in data)) return undefined;
  return typeof data.requestId === 'string' ? data.requestId : undefined;
}
