import type { PayoutExplanation } from '@plumbline/contracts/payments';
import type { ReactNode } from 'react';
import { apiContext, pageContext } from '../../lib/context.ts';
import { useT } from '../../lib/i18n.tsx';
import { useLive } from '../../lib/live.ts';
import { load } from '../../lib/load.ts';
import { paths } from '../../paths.ts';
import { TextLink } from '../../ui/Button.tsx';
import { Card, Page, PageHead, Section, Sums } from '../../ui/Layout.tsx';
import { Banner, StatusBadge } from '../../ui/Signs.tsx';
import { Money, Reference } from '../../ui/Text.tsx';
import { Title } from '../../ui/Title.tsx';
import type { Route } from './+types/PayoutPage';
import './messages.ts';
import { PayoutLines, taken } from './parts/PayoutLines.tsx';
import { payoutTone } from './parts/tones.ts';

export function loader({ context, params, request }: Route.LoaderArgs) {
  return load(request, async () => {
    const { now, liveCursor } = context.get(pageContext);
    return { ...(await context.get(apiContext).payments.payout({ params })), now, liveCursor };
  });
}

export default function PayoutPage({ loaderData }: Route.ComponentProps): ReactNode {
  const t = useT();
  const { payout, lines, totals, journals, now, liveCursor } = loaderData;
  useLive([`organisation:${payout.organisationId}`], liveCursor);
  const title = t('earnings.payout.title', { money: t.money(payout.amount) });
  return (
    <Page>
      <Title>{title}</Title>
      <PageHead
        title={title}
        lead={`${t('earnings.payout.lead', { reference: payout.reference, when: t.moment(payout.createdAt, { now }) })} ${arrivalText(payout, t, now)}`}
        back={{ to: paths.earnings(), label: t('earnings.payout.back') }}
        action={<StatusBadge tone={payoutTone(payout.state)}>{t(`status.payout.${payout.state}`)}</StatusBadge>}
      />
      {(payout.state === 'failed' || payout.state === 'returned') && <Failed payout={payout} />}
      <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <Section title={t('earnings.payout.lines')} lead={t('earnings.payout.lines.lead')} className="min-w-0">
          <PayoutLines lines={lines} now={now} />
        </Section>
        <Totals totals={totals} amount={payout.amount} />
      </div>
      {journals.length > 0 && (
        <details className="mt-8">
          <summary className="inline-flex min-h-min items-center font-medium text-action">
            {t('earnings.payout.journals')}
          </summary>
          <p className="mt-2 max-w-prose text-14 text-ink-muted">{t('earnings.payout.journals.text')}</p>
          <ul className="mt-2 grid gap-1 text-14">
            {journals.map((journal) => (
              <li key={journal}>
                <Reference>{journal}</Reference>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Page>
  );
}

function arrivalText(
  { arrivesAt, state }: PayoutExplanation['payout'],
  t: ReturnType<typeof useT>,
  now: string,
): string {
  if (!arrivesAt || state === 'failed' || state === 'returned') return '';
  return t(state === 'paid' ? 'earnings.payout.arrived' : 'earnings.payout.arrives', {
    when: t.day(arrivesAt, { now }),
  });
}

function Failed({ payout: { failure, retriedBy } }: Pick<PayoutExplanation, 'payout'>): ReactNode {
  const t = useT();
  return (
    <div className="mb-8">
      <Banner
        tone="bad"
        title={t('earnings.payout.failed')}
        action={retriedBy && <TextLink to={paths.payout(retriedBy)}>{t('earnings.payout.retried')}</TextLink>}
      >
        {failure ? t('earnings.payout.failed.text', { reason: failure }) : t('earnings.payout.failed.plain')}
      </Banner>
    </div>
  );
}

function Totals({
  totals,
  amount,
}: Pick<PayoutExplanation, 'totals'> & { amount: PayoutExplanation['totals']['net'] }): ReactNode {
  const t = useT();
  const recovered = taken(totals.recovered);
  return (
    <Card className="lg:sticky lg:top-28">
      <h2 className="mb-4 text-18">{t('earnings.payout.totals')}</h2>
      <Sums
        rows={[
          { label: t('earnings.payout.total.gross'), amount: <Money amount={totals.gross} /> },
          { label: t('earnings.payout.total.commission'), amount: <Money amount={taken(totals.commission)} /> },
          { label: t('earnings.payout.total.vat'), amount: <Money amount={taken(totals.vatOnCommission)} /> },
          ...(recovered.minor === '0'
            ? []
            : [{ label: t('earnings.payout.total.recovered'), amount: <Money amount={recovered} /> }]),
          { label: t('earnings.payout.total.net'), amount: <Money amount={amount} />, strong: true },
        ]}
      />
    </Card>
  );
}
