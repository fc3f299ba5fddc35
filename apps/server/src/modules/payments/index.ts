export { openOrder } from './order/open.ts';
export { startCheckout } from './checkout/service.ts';
export { cancelAuthorisation, capture, requestExpiry } from './order/wishes.ts';
export { acceptWork, freeze, markDelivered, startService } from './order/work.ts';
export { refund } from './refund/make.ts';
export { orderSums, orderViews, refundableMinor } from './order/read.ts';
export type { OrderFacts } from './order/view.ts';
export { payoutSums } from './payout/read.ts';
export { runPayouts } from './payout/run.ts';
