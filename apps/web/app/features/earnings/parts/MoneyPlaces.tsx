import type { EarningsView } from '@plumbline/contracts/payments';
import type { ReactNode } from 'react';
import { useT } from '../../../lib/i18n.tsx';
import { Card } from '../../../ui/Layout.tsx';
import { MoneyRail, type RailStop } from '../../../ui/Rail.tsx';
import { Money } from '../../../ui/Text.tsx';

/** The line that all of a company's money runs along, with what is at each of its stops now. */
export function MoneyPlaces({ earnings, now }: { earnings: EarningsView; now: string }): ReactNode {
  const t = useT();
  const { held, inHoldWindow, available, inTransit, paid } = earnings;
  const release = inHoldWindow.nextReleaseAt;
  const stop = (key: string, amount: EarningsView['owed'], label: string, detail: ReactNode): RailStop => ({
    key,
    label,
    detail,
    amount: <Money amount={amount} />,
    state: key === 'available' ? 'now' : 'done',
  });
  return (
    <Card>
      <h2 className="mb-5 text-18">{t('earnings.where')}</h2>
      <MoneyRail
        label={t('earnings.where')}
        stops={[
          stop('held', held.amount, t('earnings.stage.held'), t('earnings.stage.held.detail', { n: held.orders })),
          stop(
            'window',
            inHoldWindow.amount,
            t('earnings.stage.window'),
            <>
              {t('earnings.stage.window.detail', { n: inHoldWindow.orders })}{' '}
              {release && t('earnings.stage.window.next', { when: t.moment(release, { zone: false, now }) })}
            </>,
          ),
          stop('available', available, t('earnings.stage.available'), t('earnings.stage.available.detail')),
          {
            ...stop('transit', inTransit, t('earnings.stage.transit'), t('earnings.stage.transit.detail')),
            state: 'later',
          },
          { ...stop('paid', paid, t('earnings.stage.paid'), t('earnings.stage.paid.detail')), state: 'later' },
        ]}
      />
    </Card>
  );
}
