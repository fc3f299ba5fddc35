import type { ReactNode } from 'react';
import { useT } from '../../../lib/i18n.tsx';
import { MoneyRail } from '../../../ui/Rail.tsx';

const stages = ['agreed', 'held', 'work_done', 'accepted', 'paid_out'] as const;

/** The rail as an example: what happens to a payment, stage by stage, with the bob where most of the time is spent. */
export function HeldPaymentRail({ currency }: { currency: string }): ReactNode {
  const t = useT();
  const money = (minor: string): string => t.money({ minor, currency });
  const amounts = {
    agreed: money('12000'),
    held: money('12000'),
    work_done: undefined,
    accepted: undefined,
    paid_out: money('10560'),
  };
  return (
    <MoneyRail
      label={t('home.rail.label')}
      stops={stages.map((stage, index) => ({
        key: stage,
        label: t(`home.rail.${stage}`),
        state: index < 1 ? 'done' : index === 1 ? 'now' : 'later',
        amount: amounts[stage],
        detail: t(`home.rail.${stage}.detail`),
      }))}
    />
  );
}
