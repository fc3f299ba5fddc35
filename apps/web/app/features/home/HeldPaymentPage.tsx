import type { ReactNode } from 'react';
import { useT } from '../../lib/i18n.tsx';
import { load } from '../../lib/load.ts';
import { marketOf } from '../../lib/market.ts';
import { paths } from '../../paths.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Card, Page, PageHead } from '../../ui/Layout.tsx';
import { Title } from '../../ui/Title.tsx';
import type { Route } from './+types/HeldPaymentPage';
import './messages.ts';
import { HeldPaymentRail } from './parts/HeldPaymentRail.tsx';

export function loader({ context, request }: Route.LoaderArgs) {
  return load(request, async () => ({ currency: (await marketOf(context)).currency }));
}

const questions = ['when', 'not_done', 'cancel', 'problem', 'bank', 'trades'] as const;

/** The answers that people want before they pay a stranger. */
export default function HeldPaymentPage({ loaderData: { currency } }: Route.ComponentProps): ReactNode {
  const t = useT();
  return (
    <Page>
      <Title description={t('home.held.lead')}>{t('home.held.title')}</Title>
      <PageHead title={t('home.held.title')} lead={t('home.held.lead')} />
      <div className="grid items-start gap-10 lg:grid-cols-[minmax(0,5fr)_minmax(0,7fr)] lg:gap-16">
        <Card className="lg:sticky lg:top-28">
          <HeldPaymentRail currency={currency} />
        </Card>
        <div className="grid gap-9">
          {questions.map((name) => (
            <section key={name} id={name} className="max-w-prose">
              <h2 className="text-22">{t(`home.held.${name}.title`)}</h2>
              <p className="mt-2 text-ink-muted">{t(`home.held.${name}.text`)}</p>
            </section>
          ))}
          <div>
            <LinkButton to={paths.explore()}>{t('shell.nav.explore')}</LinkButton>
          </div>
        </div>
      </div>
    </Page>
  );
}
