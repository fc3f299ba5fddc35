import type { PayoutView } from '@plumbline/contracts/payments';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Translator } from '@plumbline/i18n/translator';
import { useT } from '../../../lib/i18n.tsx';
import { paths } from '../../../paths.ts';
import { TextLink } from '../../../ui/Button.tsx';
import { StatusBadge } from '../../../ui/Signs.tsx';
import { Table, type Column } from '../../../ui/Table.tsx';
import { Money, Reference } from '../../../ui/Text.tsx';
import { payoutTone } from './tones.ts';

/** Payouts as a table, or as cards where a table has no room. */
export function PayoutList({ payouts, now }: { payouts: PayoutView[]; now: string }): ReactNode {
  const t = useT();
  return (
    <>
      <div className="max-md:hidden">
        <Table
          caption={t('earnings.payouts')}
          columns={columnsOf(t, now)}
          rows={payouts}
          rowKey={({ payoutId }) => payoutId}
        />
      </div>
      <ol className="grid gap-3 md:hidden">
        {payouts.map((payout) => (
          <li key={payout.payoutId} className="relative rounded-card border border-line bg-sheet p-4">
            <div className="flex items-baseline justify-between gap-4">
              <Link
                to={paths.payout(payout.payoutId)}
                className="font-strong before:absolute before:inset-0 before:rounded-card"
              >
                {t.day(payout.createdAt, { now })}
                <span className="sr-only">, {t('earnings.payouts.explain.name', { reference: payout.reference })}</span>
              </Link>
              <Money amount={payout.amount} className="heading text-18" />
            </div>
            <div className="mt-2 flex flex-wrap items-center justify-between gap-3">
              <StatusBadge tone={payoutTone(payout.state)}>{t(`status.payout.${payout.state}`)}</StatusBadge>
              <span className="text-14 text-ink-muted">{t('earnings.payouts.orders.n', { n: payout.orders })}</span>
            </div>
          </li>
        ))}
      </ol>
    </>
  );
}

function columnsOf(t: Translator, now: string): Column<PayoutView>[] {
  return [
    { key: 'when', label: t('earnings.payouts.when'), renderCell: ({ createdAt }) => t.day(createdAt, { now }) },
    {
      key: 'reference',
      label: t('earnings.payouts.reference'),
      renderCell: ({ reference }) => <Reference>{reference}</Reference>,
    },
    {
      key: 'state',
      label: t('earnings.payouts.state'),
      renderCell: ({ state }) => <StatusBadge tone={payoutTone(state)}>{t(`status.payout.${state}`)}</StatusBadge>,
    },
    { key: 'orders', label: t('earnings.payouts.orders'), end: true, renderCell: ({ orders }) => t.number(orders) },
    {
      key: 'amount',
      label: t('earnings.payouts.amount'),
      end: true,
      renderCell: ({ amount }) => <Money amount={amount} className="font-strong" />,
    },
    {
      key: 'explain',
      label: <span className="sr-only">{t('earnings.payouts.explain')}</span>,
      end: true,
      renderCell: ({ payoutId, reference }) => (
        <TextLink to={paths.payout(payoutId)} aria-label={t('earnings.payouts.explain.name', { reference })}>
          {t('earnings.payouts.explain')}
        </TextLink>
      ),
    },
  ];
}
