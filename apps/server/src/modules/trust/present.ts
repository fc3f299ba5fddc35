import { requiredToPublish, stateNow, verificationMoves } from '@plumbline/domain/verification';
import type { ReviewView, VerificationView } from '@plumbline/contracts/trust';
import type { Proof } from './service.ts';
import type { VerificationRow } from './store.ts';

export const presentProof = ({ kind, state, row }: Proof): VerificationView => ({
  kind,
  state,
  required: requiredToPublish.includes(kind),
  verificationId: row?.id ?? null,
  reference: row?.reference ?? null,
  expiresOn: row?.expires_on ?? null,
  reason: row?.reason ?? null,
  submittedAt: row?.submitted_at.toISOString() ?? null,
});

export const presentReview = (row: VerificationRow, organisationName: string, now: Date): ReviewView => ({
  verificationId: row.id,
  organisationId: row.organisation_id,
  organisationName,
  kind: row.kind,
  state: stateNow(row.state, row.expires_on, now),
  reference: row.reference,
  expiresOn: row.expires_on,
  documentName: row.document_name,
  documentType: row.document_type,
  submittedAt: row.submitted_at.toISOString(),
  reason: row.reason,
  can: {
    approve: verificationMoves[row.state].includes('approved'),
    reject: verificationMoves[row.state].includes('rejected'),
  },
});
