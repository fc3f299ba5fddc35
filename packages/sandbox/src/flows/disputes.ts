import type Stripe from 'stripe';
import type { Call } from '../app.ts';
import { idOf, newId } from '../ids.ts';
import { move } from '../money/balance.ts';
import { cardSpec } from '../money/cards.ts';
import { linked } from '../store/lookup.ts';
import { schedule, unschedule } from '../store/schedule.ts';
import { emit } from '../webhooks/emit.ts';

const DAY = 24 * 3600;
/** How long the platform has to answer. */
const ANSWER_WINDOW = 9 * DAY;
/** What opening a dispute costs, and what answering it costs in addition until it is won. */
const DISPUTE_FEE = 2000;
const COUNTER_FEE = 2000;

/** The texts that make Stripe's test bank decide. */
export const WINNING = 'winning_evidence';
export const LOSING = 'losing_evidence';

type Dispute = Stripe.Dispute;
export type DisputeCause = { reason: string; networkReasonCode: string; inquiry: boolean };

const EVIDENCE_FIELDS = [
  'access_activity_log',
  'billing_address',
  'cancellation_policy',
  'cancellation_policy_disclosure',
  'cancellation_rebuttal',
  'customer_communication',
  'customer_email_address',
  'customer_name',
  'customer_purchase_ip',
  'customer_signature',
  'duplicate_charge_documentation',
  'duplicate_charge_explanation',
  'duplicate_charge_id',
  'product_description',
  'receipt',
  'refund_policy',
  'refund_policy_disclosure',
  'refund_refusal_explanation',
  'service_date',
  'service_documentation',
  'shipping_address',
  'shipping_carrier',
  'shipping_date',
  'shipping_documentation',
  'shipping_tracking_number',
  'uncategorized_file',
  'uncategorized_text',
] as const;
export type EvidenceField = (typeof EVIDENCE_FIELDS)[number];
export const evidenceFields: readonly EvidenceField[] = EVIDENCE_FIELDS;

function noEvidence(): Dispute['evidence'] {
  const blank = Object.fromEntries(EVIDENCE_FIELDS.map((field) => [field, null])) as Record<EvidenceField, null>;
  return { ...blank, enhanced_evidence: {} };
}

function save(call: Call, dispute: Dispute, change: Partial<Dispute>): Dispute {
  const next = { ...dispute, ...change };
  call.store.update('dispute', next);
  return next;
}

function isInquiry(dispute: Dispute): boolean {
  return dispute.status.startsWith('warning_');
}

function build(call: Call, charge: Stripe.Charge, cause: DisputeCause): Dispute {
  return {
    id: newId('dp'),
    object: 'dispute',
    amount: charge.amount_captured,
    balance_transactions: [],
    charge: charge.id,
    created: call.now,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: noEvidence(),
    evidence_details: {
      due_by: call.now + ANSWER_WINDOW,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: cause.inquiry,
    livemode: false,
    metadata: {},
    payment_intent: idOf(charge.payment_intent),
    payment_method_details: {
      card: {
        brand: charge.payment_method_details?.card?.brand ?? 'visa',
        case_type: cause.inquiry ? 'inquiry' : 'chargeback',
        network: charge.payment_method_details?.card?.network ?? 'visa',
        network_reason_code: cause.networkReasonCode,
      },
      type: 'card',
    },
    reason: cause.reason,
    status: cause.inquiry ? 'warning_needs_response' : 'needs_response',
  };
}

/** The bank takes the disputed amount, and the PSP its fee, out of the balance at once. An inquiry moves nothing. */
export function openDispute(call: Call, chargeId: string, cause: DisputeCause): Dispute {
  const charge = linked(call, 'charge', chargeId).object;
  const dispute = build(call, charge, cause);
  const withdrawal = cause.inquiry
    ? []
    : [
        move(call, {
          amount: -dispute.amount,
          currency: dispute.currency,
          type: 'adjustment',
          reportingCategory: 'dispute',
          source: dispute.id,
          description: `Chargeback withdrawal for ${charge.id}`,
          fee: { amount: DISPUTE_FEE, description: 'Dispute fee' },
        }),
      ];
  const opened = { ...dispute, balance_transactions: withdrawal };
  call.store.insert('dispute', call.account, opened);
  call.store.update('charge', { ...charge, disputed: true });
  schedule(call, 'dispute.overdue', opened.id, call.now + ANSWER_WINDOW);
  emit(call, 'charge.dispute.created', opened);
  if (withdrawal.length > 0) emit(call, 'charge.dispute.funds_withdrawn', opened);
  return opened;
}

/** The dispute that a disputing test card brings about. */
export function openCardDispute(call: Call, chargeId: string): void {
  const { hidden } = linked(call, 'charge', chargeId);
  const cause = hidden.card && cardSpec(hidden.card).dispute;
  if (cause) openDispute(call, chargeId, cause);
}

/** Adds evidence without handing it in. */
export function addEvidence(
  call: Call,
  dispute: Dispute,
  evidence: Partial<Record<EvidenceField, string>>,
  metadata: Record<string, string>,
): Dispute {
  const merged = { ...dispute.evidence, ...evidence };
  const hasEvidence = EVIDENCE_FIELDS.some((field) => merged[field] !== null);
  const updated = save(call, dispute, {
    evidence: merged,
    evidence_details: { ...dispute.evidence_details, has_evidence: hasEvidence },
    metadata,
  });
  emit(call, 'charge.dispute.updated', updated, dispute);
  return updated;
}

/** Hands the evidence in, once and for good. Answering a chargeback costs a fee that a win gives back. */
export function submitEvidence(call: Call, dispute: Dispute): Dispute {
  const inquiry = isInquiry(dispute);
  if (!inquiry) {
    move(call, {
      amount: -COUNTER_FEE,
      currency: dispute.currency,
      type: 'stripe_fee',
      reportingCategory: 'fee',
      source: dispute.id,
      description: 'Dispute countered fee',
    });
  }
  const submitted = save(call, dispute, {
    evidence_details: {
      ...dispute.evidence_details,
      submission_count: dispute.evidence_details.submission_count + 1,
      submission_method: 'manual',
    },
    status: inquiry ? 'warning_under_review' : 'under_review',
  });
  const { hidden } = linked(call, 'dispute', dispute.id);
  call.store.update('dispute', submitted, { ...hidden, counterFee: inquiry ? 0 : COUNTER_FEE });
  unschedule(call, 'dispute.overdue', dispute.id);
  emit(call, 'charge.dispute.updated', submitted, dispute);
  schedule(call, 'dispute.decide', dispute.id, call.now + call.app.settings.delays.disputeDecision);
  return submitted;
}

/** The test bank decides by the text of the evidence; any other text leaves the case open. */
export function decideByEvidence(call: Call, id: string): void {
  const dispute = linked(call, 'dispute', id).object;
  const words = dispute.evidence.uncategorized_text ?? '';
  if (words.includes(WINNING)) closeDispute(call, dispute, 'won');
  else if (words.includes(LOSING)) closeDispute(call, dispute, 'lost');
}

/** Nobody answered in time: lost, and an inquiry ends without consequence. */
export function overdue(call: Call, id: string): void {
  const dispute = linked(call, 'dispute', id).object;
  if (!dispute.status.endsWith('needs_response')) return;
  const late = save(call, dispute, { evidence_details: { ...dispute.evidence_details, past_due: true } });
  closeDispute(call, late, 'lost');
}

function reinstate(call: Call, dispute: Dispute): Stripe.BalanceTransaction[] {
  const back = move(call, {
    amount: dispute.amount,
    currency: dispute.currency,
    type: 'adjustment',
    reportingCategory: 'dispute_reversal',
    source: dispute.id,
    description: `Chargeback reversal for ${idOf(dispute.charge)}`,
  });
  const counterFee = linked(call, 'dispute', dispute.id).hidden.counterFee ?? 0;
  if (counterFee > 0) {
    move(call, {
      amount: counterFee,
      currency: dispute.currency,
      type: 'stripe_fee',
      reportingCategory: 'fee',
      source: dispute.id,
      description: 'Dispute countered fee returned',
    });
  }
  return [back];
}

/** The bank's final word. A win gives the amount back, but not the first fee. */
export function closeDispute(call: Call, dispute: Dispute, outcome: 'won' | 'lost'): Dispute {
  unschedule(call, 'dispute.overdue', dispute.id);
  unschedule(call, 'dispute.decide', dispute.id);
  const inquiry = isInquiry(dispute);
  const reversal = outcome === 'won' && !inquiry ? reinstate(call, dispute) : [];
  const closed = save(call, dispute, {
    balance_transactions: [...dispute.balance_transactions, ...reversal],
    status: inquiry ? 'warning_closed' : outcome,
  });
  if (outcome === 'won' || inquiry) {
    const charge = linked(call, 'charge', idOf(dispute.charge)).object;
    call.store.update('charge', { ...charge, disputed: false });
  }
  emit(call, 'charge.dispute.closed', closed, dispute);
  if (reversal.length > 0) emit(call, 'charge.dispute.funds_reinstated', closed);
  return closed;
}
