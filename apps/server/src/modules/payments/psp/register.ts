import { accountCall } from '../account/calls.ts';
import { checkoutCall, customerCall, expireCheckoutCall } from '../checkout/calls.ts';
import { cancelCall, captureCall, chargeCall } from '../order/calls.ts';
import { payoutCall, reversalCall, transferCall } from '../payout/calls.ts';
import { refundCall } from '../refund/calls.ts';
import type { AnyCallSpec } from './spec.ts';
import type { CallKind } from './store.ts';

const specs: Record<CallKind, AnyCallSpec> = {
  customer: customerCall,
  checkout: checkoutCall,
  expire_checkout: expireCheckoutCall,
  charge: chargeCall,
  capture: captureCall,
  cancel: cancelCall,
  refund: refundCall,
  account: accountCall,
  transfer: transferCall,
  payout: payoutCall,
  reversal: reversalCall,
};

/** How a kind of call is made, asked about and taken in. */
export const specOf = (kind: CallKind): AnyCallSpec => specs[kind];
