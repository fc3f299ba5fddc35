import { Type, type Static } from 'typebox';
import { verificationKinds, verificationStates } from '@plumbline/domain/verification';
import { closed, Cursor, Id, Instant, Limit, LocalDate, nullable, oneOf, Page } from './common.ts';
import { FileReply, route } from './route.ts';

export const trustRefusals = {
  'trust.not_allowed_now': 409,
  'trust.expiry_missing': 422,
  'trust.expired_already': 422,
  'trust.document_missing': 422,
  'trust.reason_missing': 422,
} as const satisfies Record<string, number>;

export const Badge = closed({
  kind: oneOf(verificationKinds),
  /** Last day of validity, where the proof has one. */
  until: nullable(LocalDate),
});
export type Badge = Static<typeof Badge>;

export const VerificationView = closed({
  kind: oneOf(verificationKinds),
  state: oneOf(verificationStates),
  required: Type.Boolean(),
  verificationId: nullable(Id),
  reference: nullable(Type.String()),
  expiresOn: nullable(LocalDate),
  /** Why it was rejected, in the reviewer's words. */
  reason: nullable(Type.String()),
  submittedAt: nullable(Instant),
});
export type VerificationView = Static<typeof VerificationView>;

const ReviewView = closed({
  verificationId: Id,
  organisationId: Id,
  organisationName: Type.String(),
  kind: oneOf(verificationKinds),
  state: oneOf(verificationStates),
  reference: nullable(Type.String()),
  expiresOn: nullable(LocalDate),
  documentName: Type.String(),
  documentType: Type.String(),
  submittedAt: Instant,
  reason: nullable(Type.String()),
  can: closed({ approve: Type.Boolean(), reject: Type.Boolean() }),
});
export type ReviewView = Static<typeof ReviewView>;

const organisationParams = closed({ organisationId: Id });
const verificationParams = closed({ verificationId: Id });

export const trustRoutes = {
  verifications: route({
    name: 'trust.verifications',
    method: 'GET',
    path: '/v1/organisations/:organisationId/verifications',
    permission: 'verification:submit',
    summary: 'What a provider has proved and what is missing',
    params: organisationParams,
    reply: closed({ items: Type.Array(VerificationView), mayPublish: Type.Boolean() }),
    refusals: ['access.not_found'],
  }),
  submit: route({
    name: 'trust.submit',
    method: 'POST',
    path: '/v1/organisations/:organisationId/verifications/:kind',
    permission: 'verification:submit',
    summary: 'Hand in a document, as the form’s file `document`',
    params: closed({ organisationId: Id, kind: oneOf(verificationKinds) }),
    multipart: true,
    body: closed({
      reference: Type.Optional(Type.String({ maxLength: 120 })),
      expiresOn: Type.Optional(LocalDate),
    }),
    reply: VerificationView,
    status: 201,
    refusals: [
      'access.not_found',
      'trust.expiry_missing',
      'trust.expired_already',
      'trust.document_missing',
      'request.broken_picture',
    ],
  }),
  reviews: route({
    name: 'trust.reviews',
    method: 'GET',
    path: '/v1/admin/verifications',
    permission: 'compliance.document:review',
    summary: 'Documents to review, oldest first',
    query: closed({
      state: Type.Optional(oneOf(['open', 'approved', 'rejected'])),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(Limit),
    }),
    reply: Page(ReviewView),
  }),
  document: route({
    name: 'trust.document',
    method: 'GET',
    path: '/v1/admin/verifications/:verificationId/document',
    permission: 'compliance.document:review',
    summary: 'The document itself; the view is recorded',
    params: verificationParams,
    reply: FileReply,
    file: true,
    refusals: ['access.not_found'],
  }),
  decide: route({
    name: 'trust.decide',
    method: 'POST',
    path: '/v1/admin/verifications/:verificationId/decision',
    permission: 'compliance.document:review',
    summary: 'Approve or reject a document',
    params: verificationParams,
    body: closed({
      decision: oneOf(['approve', 'reject']),
      reason: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
    }),
    reply: ReviewView,
    refusals: ['access.not_found', 'trust.not_allowed_now', 'trust.reason_missing'],
  }),
} as const;
