import { refusals, type RefusalCode } from '@plumbline/contracts';

/** An expected "no": a stable code, its HTTP status, and data for the reader. It pages nobody. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly status: number;
  readonly data: Record<string, unknown>;

  constructor(code: RefusalCode, data: Record<string, unknown> = {}) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.status = refusals[code];
    this.data = data;
  }
}

/** Says no. The code has to stand in the contracts, which also give its status. */
export function refuse(code: RefusalCode, data?: Record<string, unknown>): never {
  throw new Refusal(code, data);
}

/** True for a refusal, or for this very one when a code is given. */
export function isRefusal(error: unknown, code?: RefusalCode): error is Refusal {
  return error instanceof Refusal && (code === undefined || error.code === code);
}

/** The SQLSTATE of an error that PostgreSQL raised, for example `23P01`; undefined for anything else. */
export function pgCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code) ? error.code : undefined;
}

/** The constraint that PostgreSQL named in its error, for example `calendar_claim_no_overlap`. */
export function pgConstraint(error: unknown): string | undefined {
  if (pgCode(error) === undefined || !(error instanceof Error) || !('constraint' in error)) return undefined;
  return typeof error.constraint === 'string' ? error.constraint : undefined;
}
