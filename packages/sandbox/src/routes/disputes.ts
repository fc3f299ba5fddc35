import type Stripe from 'stripe';
import { created, listPage, listShape, textFilters } from '../api/listing.ts';
import { present } from '../api/present.ts';
import { addEvidence, closeDispute, evidenceFields, submitEvidence, type EvidenceField } from '../flows/disputes.ts';
import { invalid } from '../http/errors.ts';
import { flag, mergeMetadata, metadata, shape, text, type Param } from '../http/params.ts';
import { route } from '../http/route.ts';
import { own } from '../store/lookup.ts';

const EVIDENCE_MAX = 20_000;
const evidence = shape(
  Object.fromEntries(evidenceFields.map((field) => [field, text(EVIDENCE_MAX)])) as Record<
    EvidenceField,
    Param<string>
  >,
);

function given(values: ReturnType<typeof evidence> | undefined): Partial<Record<EvidenceField, string>> {
  const entries = Object.entries(values ?? {}).filter(
    (entry): entry is [EvidenceField, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(entries);
}

function refuseUnlessOpen(dispute: Stripe.Dispute): void {
  if (dispute.status === 'needs_response' || dispute.status === 'warning_needs_response') return;
  throw invalid(
    dispute.evidence_details.submission_count > 0
      ? 'You have already submitted evidence for this dispute; it can no longer be changed.'
      : `This dispute is already closed: it has a status of ${dispute.status}.`,
    { param: 'dispute' },
  );
}

const update = route('POST', '/v1/disputes/:id', { evidence, metadata, submit: flag }, (call, params, id) => {
  const { object } = own(call, 'dispute', id, 'dispute');
  refuseUnlessOpen(object);
  const told = addEvidence(call, object, given(params.evidence), mergeMetadata(object.metadata, params.metadata));
  // The API hands evidence in by default once any is sent; `submit: false` stages it.
  const submit = params.submit ?? params.evidence !== undefined;
  return present(call, submit ? submitEvidence(call, told) : told);
});

const close = route('POST', '/v1/disputes/:id/close', {}, (call, _params, id) => {
  const { object } = own(call, 'dispute', id, 'dispute');
  refuseUnlessOpen(object);
  return present(call, closeDispute(call, object, 'lost'));
});

const retrieve = route('GET', '/v1/disputes/:id', {}, (call, _params, id) =>
  present(call, own(call, 'dispute', id, 'dispute').object),
);

const list = route(
  'GET',
  '/v1/disputes',
  listShape({ ...created, ...textFilters('charge', 'payment_intent') }),
  (call, params) => listPage(call, 'dispute', '/v1/disputes', params),
);

export const disputeRoutes = [update, close, retrieve, list];
