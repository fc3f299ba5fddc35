import type { BookingView } from '@plumbline/contracts/booking';
import type { OrderView } from '@plumbline/contracts/payments';
import type { ReactNode } from 'react';
import { useT } from '../../../lib/i18n.tsx';
import { paths } from '../../../paths.ts';
import { TextLink } from '../../../ui/Button.tsx';
import { Card, Sums } from '../../../ui/Layout.tsx';
import type { StopState } from '../../../ui/Line.tsx';
import { MoneyRail, type RailStop } from '../../../ui/Rail.tsx';
import { Money, ZonedTime } from '../../../ui/Text.tsx';

interface MoneyCardProps {
  order: OrderView;
  booking: BookingView;
  now: string;
}

/** The bob hangs at the last stage that was reached; what stopped says so; the rest is still to come. */
function stateOf(rail: OrderView['rail'], index: number): StopState {
  if (rail[index]?.status === 'stopped') return 'stopped';
  const reached = Math.max(
    0,
    rail.findLastIndex(({ status }) => status === 'done'),
  );
  if (index === reached && !rail.some(({ status }) => status === 'stopped')) return 'now';
  return index <= reached ? 'done' : 'later';
}

/** Where the money of this deal is, what comes next for it, and how it divides. */
export function MoneyCard({ order, booking, now }: MoneyCardProps): ReactNode {
  const t = useT();
  return (
    <Card labelledBy="money-title">
      <h2 id="money-title" className="mb-5 text-18">
        {t(booking.part === 'customer' ? 'booking.money.title' : 'booking.money.title.provider')}
      </h2>
      <MoneyRail
        label={t('booking.money.rail')}
        stops={useStops({ order, booking, now })}
        next={useNext({ order, booking, now })}
      />
      <Refunds order={order} />
      <Split order={order} booking={booking} />
      {order.card && (
        <p className="mt-4 text-14 text-ink-muted">
          {t('booking.money.card', { brand: brandName(order.card.brand), last4: order.card.last4 })}
        </p>
      )}
      <p className="mt-3 text-14">
        <TextLink to={paths.heldPayment()}>{t('booking.money.more')}</TextLink>
      </p>
    </Card>
  );
}

function useStops({ order, booking, now }: MoneyCardProps): RailStop[] {
  const t = useT();
  const side = booking.part === 'customer' ? 'customer' : 'provider';
  const provider = booking.provider?.name ?? t('booking.who.crews');
  return order.rail.map(({ stage, status, at, amount }, index): RailStop => {
    const state = stateOf(order.rail, index);
    const named = stage === 'agreed' && order.state === 'authorised' ? 'reserved' : stage;
    const values = { provider, money: t.money(amount), customer: booking.customerName };
    return {
      key: stage,
      label: t(status === 'stopped' ? 'booking.rail.stopped' : `booking.rail.${stage}`),
      state,
      amount: status === 'stopped' || amount.minor === '0' ? undefined : <Money amount={amount} />,
      at: at ? <ZonedTime moment={at} zone={false} now={now} /> : undefined,
      detail: state === 'now' ? t(`booking.rail.${named}.${side}`, values) : undefined,
    };
  });
}

function useNext({ order, booking, now }: MoneyCardProps) {
  const t = useT();
  if (!order.next) return undefined;
  const { who, act, by } = order.next;
  const mine = who === booking.part || (who === 'provider' && booking.part === 'lead');
  const names = {
    customer: booking.customerName,
    provider: booking.provider?.name ?? t('booking.who.crews'),
    platform: t('booking.who.platform'),
  };
  return {
    who: mine ? t('booking.who.you') : names[who],
    act: t(`booking.money_next.${act}.${mine ? 'you' : 'other'}`),
    by: by ? <ZonedTime moment={by} now={now} /> : undefined,
  };
}

function Refunds({ order }: { order: OrderView }): ReactNode {
  const t = useT();
  if (order.refunds.length === 0) return null;
  return (
    <ul className="mt-5 grid gap-2 border-t border-line pt-4">
      {order.refunds.map((refund) => (
        <li key={refund.refundId} className="flex items-baseline justify-between gap-4 text-14">
          <span>{t(`booking.refund.${refund.state}`)}</span>
          <Money amount={refund.amount} className="font-strong" />
        </li>
      ))}
    </ul>
  );
}

/** Both sides see the same division of the price. */
function Split({ order, booking }: { order: OrderView; booking: BookingView }): ReactNode {
  const t = useT();
  const { split, amounts } = order;
  const provider = booking.provider?.name ?? t('booking.who.crews');
  const minus = (minor: string): string => (minor === '0' ? '0' : `-${minor}`);
  return (
    <details className="group mt-5 border-t border-line pt-4">
      <summary className="text-14 font-medium text-action">{t('booking.split.title')}</summary>
      <div className="mt-3 text-14">
        <Sums
          rows={[
            { label: t('booking.split.price'), amount: <Money amount={amounts.agreed} /> },
            {
              label: t('booking.split.commission', { percent: t.number(split.commissionBp / 100) }),
              amount: <Money amount={{ ...split.commission, minor: minus(split.commission.minor) }} />,
            },
            {
              label: t('booking.split.vat'),
              amount: <Money amount={{ ...split.vatOnCommission, minor: minus(split.vatOnCommission.minor) }} />,
            },
            {
              label: t('booking.split.provider', { provider }),
              amount: <Money amount={split.provider} />,
              strong: true,
            },
          ]}
        />
      </div>
    </details>
  );
}

const brands: Record<string, string> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
  unionpay: 'UnionPay',
  jcb: 'JCB',
};

/** Names of card brands are the same in every language. */
const brandName = (brand: string): string => brands[brand] ?? brand;
