/** A refusal by the card's bank, in the API's words. */
export interface Decline {
  code: string;
  declineCode: string | null;
  message: string;
}

export interface CardSpec {
  number: string;
  brand: 'visa' | 'mastercard';
  /** The test payment method that stands for this card in API calls. */
  token: string;
  /** When the card holder must be challenged. `unless_saved`: a card saved with a challenge needs none later. */
  challenge?: 'always' | 'unless_saved';
  decline?: Decline;
  /** The card can be saved; only charges are declined. */
  savable?: boolean;
  dispute?: { reason: string; networkReasonCode: string; inquiry: boolean };
  refund?: 'fails' | 'pending';
  /** The money is available at once, without T+2. */
  immediate?: boolean;
}

const DECLINED: Decline = { code: 'card_declined', declineCode: 'generic_decline', message: 'Your card was declined.' };

function declined(declineCode: string, message: string): Decline {
  return { code: 'card_declined', declineCode, message };
}

/** Stripe's own test cards, with the behaviour that https://docs.stripe.com/testing gives them. */
export const CARDS = {
  success: { number: '4242424242424242', brand: 'visa', token: 'pm_card_visa' },
  mastercard: { number: '5555555555554444', brand: 'mastercard', token: 'pm_card_mastercard' },
  declined: { number: '4000000000000002', brand: 'visa', token: 'pm_card_visa_chargeDeclined', decline: DECLINED },
  insufficient: {
    number: '4000000000009995',
    brand: 'visa',
    token: 'pm_card_visa_chargeDeclinedInsufficientFunds',
    decline: declined('insufficient_funds', 'Your card has insufficient funds.'),
  },
  lost: {
    number: '4000000000009987',
    brand: 'visa',
    token: 'pm_card_visa_chargeDeclinedLostCard',
    decline: declined('lost_card', 'Your card was declined.'),
  },
  expired: {
    number: '4000000000000069',
    brand: 'visa',
    token: 'pm_card_chargeDeclinedExpiredCard',
    decline: { code: 'expired_card', declineCode: null, message: 'Your card has expired.' },
  },
  wrongCode: {
    number: '4000000000000127',
    brand: 'visa',
    token: 'pm_card_chargeDeclinedIncorrectCvc',
    decline: { code: 'incorrect_cvc', declineCode: null, message: "Your card's security code is incorrect." },
  },
  processing: {
    number: '4000000000000119',
    brand: 'visa',
    token: 'pm_card_chargeDeclinedProcessingError',
    decline: {
      code: 'processing_error',
      declineCode: null,
      message: 'An error occurred while processing your card. Try again in a little bit.',
    },
  },
  challenge: {
    number: '4000002500003155',
    brand: 'visa',
    token: 'pm_card_authenticationRequiredOnSetup',
    challenge: 'unless_saved',
  },
  challengeAlways: {
    number: '4000000000003220',
    brand: 'visa',
    token: 'pm_card_threeDSecure2Required',
    challenge: 'always',
  },
  disputed: {
    number: '4000000000000259',
    brand: 'visa',
    token: 'pm_card_createDispute',
    dispute: { reason: 'fraudulent', networkReasonCode: '10.4', inquiry: false },
  },
  disputedNotReceived: {
    number: '4000000000002685',
    brand: 'visa',
    token: 'pm_card_createDisputeProductNotReceived',
    dispute: { reason: 'product_not_received', networkReasonCode: '13.1', inquiry: false },
  },
  inquiry: {
    number: '4000000000001976',
    brand: 'visa',
    token: 'pm_card_createDisputeInquiry',
    dispute: { reason: 'fraudulent', networkReasonCode: '10.4', inquiry: true },
  },
  savedThenDeclined: {
    number: '4000000000000341',
    brand: 'visa',
    token: 'pm_card_chargeCustomerFail',
    decline: DECLINED,
    savable: true,
  },
  refundFails: { number: '4000000000005126', brand: 'visa', token: 'pm_card_refundFail', refund: 'fails' },
  refundPending: { number: '4000000000007726', brand: 'visa', token: 'pm_card_pendingRefund', refund: 'pending' },
  immediate: { number: '4000000000000077', brand: 'visa', token: 'pm_card_bypassPending', immediate: true },
} as const satisfies Record<string, CardSpec>;

export type CardKey = keyof typeof CARDS;

export function cardSpec(key: CardKey): CardSpec {
  return CARDS[key];
}

const ENTRIES = Object.entries(CARDS) as [CardKey, CardSpec][];

export function cardByNumber(number: string): CardKey | undefined {
  return ENTRIES.find(([, card]) => card.number === number)?.[0];
}

export function cardByToken(token: string): CardKey | undefined {
  return ENTRIES.find(([, card]) => card.token === token)?.[0];
}

/** The check digit of ISO/IEC 7812-1, annex B. */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits.charAt(digits.length - 1 - index));
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return digits.length > 0 && sum % 10 === 0;
}
