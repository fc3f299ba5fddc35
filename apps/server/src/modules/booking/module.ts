import { defineModule } from '../../platform/http/module.ts';
import { requestOver } from './deal/end.ts';
import { unattended } from './deal/unattended.ts';
import { silence } from './deal/work.ts';
import { waveOver } from './dispatch/service.ts';
import * as money from './money/service.ts';
import { routes } from './routes.ts';
import { maySee } from './read.ts';

export const booking = defineModule({
  name: 'booking',
  routes,
  listeners: {
    'payments.order_authorised': [{ name: 'request', run: money.paid }],
    'payments.card_saved': [{ name: 'request', run: money.paid }],
    'payments.checkout_expired': [{ name: 'expire', run: money.unpaid }],
    'payments.order_held': [{ name: 'held', run: money.held }],
    'payments.capture_failed': [{ name: 'not_taken', run: money.notTaken }],
    'payments.released': [{ name: 'released', run: money.released }],
    'payments.refund_requested': [{ name: 'given_back', run: money.givenBack }],
    'payments.refunded': [{ name: 'refunded', run: money.refunded }],
    'payments.payout_paid': [{ name: 'close', run: money.paidOut }],
  },
  deadlines: {
    'booking.payment': money.paymentOver,
    'booking.request': requestOver,
    'booking.silence': silence,
    'booking.unattended': unattended,
    'booking.offer_wave': waveOver,
    'booking.charge_saved_card': money.chargeSavedCard,
    'booking.pay_again': money.payAgainOver,
  },
  liveTopics: [{ prefix: 'booking', may: maySee }],
});
