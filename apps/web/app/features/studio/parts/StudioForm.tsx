import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { useT } from '../../../lib/i18n.tsx';
import { paths } from '../../../paths.ts';
import { Button, LinkButton } from '../../../ui/Button.tsx';
import { ActionBar, Page, PageHead } from '../../../ui/Layout.tsx';
import { Banner } from '../../../ui/Signs.tsx';
import { Title } from '../../../ui/Title.tsx';

interface StudioPageProps {
  title: string;
  lead?: ReactNode;
  back?: { to: string; label: string };
  action?: ReactNode;
  /** As wide as a form, or as the page where something stands beside it. */
  wide?: boolean;
  children: ReactNode;
}

/** A page of the studio: leads back to the list of what there is to set up, and says when something was kept. */
export function StudioFrame({ title, lead, back, action, wide = false, children }: StudioPageProps): ReactNode {
  const t = useT();
  const saved = useSearchParams()[0].get('saved') !== null;
  return (
    <Page width={wide ? 'page' : 'prose'}>
      <Title>{title}</Title>
      <PageHead
        title={title}
        lead={lead}
        back={back ?? { to: paths.studio(), label: t('studio.back') }}
        action={action}
      />
      {saved && (
        <div className="mb-6">
          <Banner tone="good" title={t('studio.saved')} />
        </div>
      )}
      {children}
    </Page>
  );
}

/** The end of a form: the one act, and the way out. */
export function SaveBar({
  label,
  busy,
  back,
  children,
}: {
  label: string;
  busy: boolean;
  back: string;
  children?: ReactNode;
}): ReactNode {
  const t = useT();
  return (
    <ActionBar>
      <div className="flex w-full flex-wrap items-center gap-x-5 gap-y-2">
        <Button size="large" busy={busy && t('studio.busy')} className="max-sm:w-full">
          {label}
        </Button>
        {children}
        <LinkButton to={back} tone="plain" className="max-sm:hidden">
          {t('studio.cancel')}
        </LinkButton>
      </div>
    </ActionBar>
  );
}
