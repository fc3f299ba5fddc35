import type { ReactNode } from 'react';
import { companyFor } from '../../lib/company.ts';
import { apiContext, pageContext } from '../../lib/context.ts';
import { useT } from '../../lib/i18n.tsx';
import { useLive } from '../../lib/live.ts';
import { load } from '../../lib/load.ts';
import { paths } from '../../paths.ts';
import { Page, PageHead, Section } from '../../ui/Layout.tsx';
import { Pager } from '../../ui/Pager.tsx';
import { Banner } from '../../ui/Signs.tsx';
import { Money } from '../../ui/Text.tsx';
import { Title } from '../../ui/Title.tsx';
import { EmptyState } from '../../ui/Wait.tsx';
import type { Route } from './+types/EarningsPage';
import './messages.ts';
import { MoneyPlaces } from './parts/MoneyPlaces.tsx';
import { NextPayout } from './parts/NextPayout.tsx';
import { PayoutList } from './parts/PayoutList.tsx';

export function loader({ context, request }: Route.LoaderArgs) {
  return load(request, async () => {
    const api = context.get(apiContext);
    const { now, liveCursor } = context.get(pageContext);
    const { organisationId, name } = await companyFor(api);
    const params = { organisationId };
    const cursor = new URL(request.url).searchParams.get('cursor') ?? undefined;
    const [earnings, payouts] = await Promise.all([
      api.payments.earnings({ params }),
      api.payments.payouts({ params, query: { limit: 20, ...(cursor && { cursor }) } }),
    ]);
    return { earnings, payouts, cursor: cursor ?? null, company: name, now, liveCursor };
  });
}

export default function EarningsPage({ loaderData }: Route.ComponentProps): ReactNode {
  const t = useT();
  const { earnings, payouts, cursor, company, now, liveCursor } = loaderData;
  useLive([`organisation:${earnings.organisationId}`], liveCursor);
  const { owed, receivable, nextPayout } = earnings;
  return (
    <Page>
      <Title>{t('earnings.title')}</Title>
      <PageHead title={t('earnings.title')} lead={t('earnings.lead', { company, zone: t.zone(nextPayout.at.zone) })} />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_24rem] lg:gap-8">
        <div className="grid gap-6">
          <div>
            <p className="text-ink-muted">{t('earnings.owed')}</p>
            <p className="heading text-48">
              <Money amount={owed} />
            </p>
            <p className="max-w-prose text-ink-muted">
              {t(owed.minor === '0' ? 'earnings.owed.nothing' : 'earnings.owed.note')}
            </p>
          </div>
          {receivable.minor !== '0' && (
            <Banner
              tone="warn"
              title={
                <>
                  {t('earnings.receivable')}: <Money amount={receivable} />
                </>
              }
            >
              {t('earnings.receivable.detail')}
            </Banner>
          )}
          <div className="lg:hidden">
            <NextPayout next={nextPayout} now={now} />
          </div>
          <MoneyPlaces earnings={earnings} now={now} />
        </div>
        <div className="max-lg:hidden lg:sticky lg:top-28">
          <NextPayout next={nextPayout} now={now} />
        </div>
      </div>
      <Section title={t('earnings.payouts')} className="mt-12">
        {payouts.items.length === 0 ? (
          <EmptyState drawing="money" title={t('earnings.payouts.empty')}>
            <p>{t('earnings.payouts.empty.text')}</p>
          </EmptyState>
        ) : (
          <PayoutList payouts={payouts.items} now={now} />
        )}
        <Pager
          next={payouts.next && paths.earnings({ cursor: payouts.next })}
          first={cursor ? paths.earnings() : undefined}
        />
      </Section>
    </Page>
  );
}
