import type { EarningsView } from '@plumbline/contracts/payments';
import type { ReactNode } from 'react';
import { useT } from '../../../lib/i18n.tsx';
import { Card } from '../../../ui/Layout.tsx';
import { MoneyRail, type RailStop } from '../../../ui/Rail.tsx';
import { Money } from '../../../ui/Text.tsx';

type Amount = EarningsView['owed'];

interface Stop {
  key: string;
  amount: Amount;
  label: string;
  detail: ReactNode;
}

/** The line that all of a company's money runs along, with what is at each of its stops now. */
export function MoneyPlaces({ earnings, now }: { earnings: EarningsView; now: string }): ReactNode {
  const t = useT();
  const { held, inHoldWindow, available, inTransit, paid } = earnings;
  const release = inHoldWindow.nextReleaseAt;
  const next = release && t('earnings.stage.window.next', { when: t.moment(release, { zone: false, now }) });
  const stops: Stop[] = [
    {
      key: 'held',
      amount: held.amount,
      label: t('earnings.stage.held'),
      detail: t('earnings.stage.held.detail', { n: held.orders }),
    },
    {
      key: 'window',
      amount: inHoldWindow.amount,
      label: t('earnings.stage.window'),
      detail: [t('earnings.stage.window.detail', { n: inHoldWindow.orders }), next].filter(Boolean).join(' '),
    },
    {
      key: 'available',
      amount: available,
      label: t('earnings.stage.available'),
      detail: t('earnings.stage.available.detail'),
    },
    {
      key: 'transit',
      amount: inTransit,
      label: t('earnings.stage.transit'),
      detail: t('earnings.stage.transit.detail'),
    },
    { key: 'paid', amount: paid, label: t('earnings.stage.paid'), detail: t('earnings.stage.paid.detail') },
  ];
  return (
    <Card>
      <h2 className="mb-5 text-18">{t('earnings.where')}</h2>
      <MoneyRail label={t('earnings.where')} stops={railOf(stops)} />
    </Card>
  );
}

/** The bob hangs where the money has come furthest without having arrived; with none on the line it waits at its start. */
function railOf(stops: Stop[]): RailStop[] {
  const under = stops.slice(0, -1).findLastIndex(({ amount }) => amount.minor !== '0');
  const bob = Math.max(0, under);
  return stops.map(({ amount, ...stop }, index) => ({
    ...stop,
    state: index < bob ? 'done' : index === bob ? 'now' : 'later',
    amount: <Money amount={amount} className={amount.minor === '0' ? undefined : 'font-strong text-ink'} />,
  }));
}
