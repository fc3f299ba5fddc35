/** What a provider can prove, and the states of each proof. */
export const verificationKinds = ['identity', 'insurance', 'company', 'dbs', 'qualification'] as const;
export type VerificationKind = (typeof verificationKinds)[number];

/** Without these nobody's services are shown. */
export const requiredToPublish: readonly VerificationKind[] = ['identity', 'insurance'];

/** Kinds whose paper ends on a day: a submission has to name it. */
export const kindsThatExpire: readonly VerificationKind[] = ['insurance', 'qualification'];

/** What is kept of a proof; `missing`, `expiring` and `expired` are derived. */
export const storedVerificationStates = ['submitted', 'in_review', 'approved', 'rejected'] as const;
export type StoredVerificationState = (typeof storedVerificationStates)[number];

export const verificationStates = ['missing', ...storedVerificationStates, 'expiring', 'expired'] as const;
export type VerificationState = (typeof verificationStates)[number];

const warningDays = 30;
const dayMs = 86_400_000;

/** The state as people see it now: an approval runs out at the end of its last day (taken as UTC). */
export function stateNow(
  stored: StoredVerificationState | undefined,
  expiresOn: string | null,
  now: Date,
): VerificationState {
  if (stored === undefined) return 'missing';
  if (stored !== 'approved' || expiresOn === null) return stored;
  const end = endOf(expiresOn).getTime();
  if (end <= now.getTime()) return 'expired';
  return end - now.getTime() <= warningDays * dayMs ? 'expiring' : 'approved';
}

/** The first moment at which a paper that is valid through `expiresOn` (YYYY-MM-DD) is no longer valid. */
export const endOf = (expiresOn: string): Date => new Date(Date.parse(`${expiresOn}T00:00:00Z`) + dayMs);

/** Whether a proof in this state earns its badge. */
export const isValid = (state: VerificationState): boolean => state === 'approved' || state === 'expiring';

/** Which moves a reviewer may make. */
export const verificationMoves: Record<StoredVerificationState, readonly StoredVerificationState[]> = {
  submitted: ['in_review', 'approved', 'rejected'],
  in_review: ['approved', 'rejected'],
  approved: ['rejected'],
  rejected: [],
};
