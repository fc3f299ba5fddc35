import type { OrderView, PayoutView } from '@plumbline/contracts/payments';
import type { Tone } from '../../../ui/Signs.tsx';

const orders: Partial<Record<OrderView['state'], Tone>> = {
  held: 'brass',
  in_service: 'brass',
  delivered: 'brass',
  authorised: 'info',
  card_saved: 'info',
  release_pending: 'info',
  released: 'good',
  closed: 'good',
  payment_failed: 'bad',
  disputed_internal: 'bad',
  disputed_card: 'bad',
  charged_back: 'bad',
  refund_pending: 'warn',
  awaiting_payment: 'warn',
};

const payouts: Record<PayoutView['state'], Tone> = {
  draft: 'warn',
  approved: 'info',
  submitted: 'info',
  in_transit: 'brass',
  paid: 'good',
  failed: 'bad',
  returned: 'bad',
  unknown: 'warn',
};

export const orderTone = (state: OrderView['state']): Tone => orders[state] ?? 'plain';
export const payoutTone = (state: PayoutView['state']): Tone => payouts[state];
