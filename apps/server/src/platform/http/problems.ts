import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { refusals, type RefusalCode } from '@plumbline/contracts';
import { isRefusal, pgCode, Refusal } from '../errors.ts';

export const problemType = 'application/problem+json; charset=utf-8';

/** What Fastify's own errors mean in our words; the others of status 4xx are `request.unparsable`. */
const byFastifyCode: Record<string, RefusalCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'request.too_large',
  FST_REQ_FILE_TOO_LARGE: 'request.too_large',
  FST_FILES_LIMIT: 'request.too_large',
  FST_PARTS_LIMIT: 'request.too_large',
  FST_FIELDS_LIMIT: 'request.too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'request.unsupported_media_type',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'request.unsupported_media_type',
  FST_ERR_MAX_PARAM_LENGTH: 'request.not_found',
};

/** Values that the contract let through and PostgreSQL cannot hold (too long, out of range, not a character). */
const unrepresentable = new Set(['22001', '22003', '22007', '22008', '22021', '22P02', '22P05']);

/** PostgreSQL is away, shutting down, out of connections, or gave up on a lock: worth trying again. */
const passing = new Set([
  '08000',
  '08003',
  '08006',
  '40001',
  '40P01',
  '53300',
  '55P03',
  '57014',
  '57P01',
  '57P02',
  '57P03',
]);
const passingSystem = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE']);

/** Every error of every route leaves here, as RFC 9457 problem details with a stable code. */
export function installProblems(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => sendProblem(request, reply, error));
  app.setNotFoundHandler((request, reply) => sendProblem(request, reply, new Refusal('request.not_found')));
}

/** Answers with a problem. What was not expected is logged in full and told to the caller only by its number. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const refusal = refusalOf(error);
  if (refusal.status >= 500) request.log.error({ err: error }, 'a request failed');
  else if (!isRefusal(error) && pgCode(error)) request.log.warn({ err: error }, 'input that the database cannot hold');
  if (refusal.status === 503) reply.header('retry-after', '2');
  reply.removeHeader('content-length');
  return reply.code(refusal.status).type(problemType).send(problemText(refusal, request.id));
}

/** The body of a problem answer. */
export function problemText({ code, status, data }: Refusal, requestId: string): string {
  const problem = { ...data, type: `/docs-api#${code}`, title: titleOf(code), status, code, requestId };
  return JSON.stringify(problem, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}

function refusalOf(error: unknown): Refusal {
  if (isRefusal(error)) return error;
  if (!(error instanceof Error)) return new Refusal('request.unexpected');
  const violation = violationOf(error);
  if (violation) return violation;
  const known = 'code' in error && typeof error.code === 'string' ? byFastifyCode[error.code] : undefined;
  if (known) return new Refusal(known);
  return databaseRefusal(error) ?? new Refusal(isClientError(error) ? 'request.unparsable' : 'request.unexpected');
}

function databaseRefusal(error: Error): Refusal | undefined {
  const code = pgCode(error);
  if (code !== undefined) {
    if (unrepresentable.has(code)) return new Refusal('request.invalid');
    return passing.has(code) ? new Refusal('request.unavailable') : undefined;
  }
  const system = 'code' in error ? String(error.code) : '';
  const isConnection = passingSystem.has(system) && 'syscall' in error && error.syscall === 'connect';
  return isConnection || /^(timeout exceeded when trying to connect|Connection terminated)/.test(error.message)
    ? new Refusal('request.unavailable')
    : undefined;
}

function isClientError(error: Error): boolean {
  const status = 'statusCode' in error ? Number(error.statusCode) : 500;
  return status >= 400 && status < 500;
}

/** At most this many field errors are told. */
const mostErrors = 50;

function violationOf(error: Error): Refusal | undefined {
  const { validation, validationContext } = error as Partial<FastifyError>;
  if (!validation) return undefined;
  const errors = validation.slice(0, mostErrors).map((each) => ({
    path: `${validationContext ?? 'body'}${pathOf(each.instancePath, each.keyword, each.params)}`,
    message: each.message ?? 'is not valid',
  }));
  return new Refusal('request.invalid', { errors });
}

/** A missing or unknown property is told under its own name, so that a form can mark the field. */
function pathOf(instancePath: string, keyword: string, params: Record<string, unknown>): string {
  const property = keyword === 'required' ? params['missingProperty'] : params['additionalProperty'];
  return typeof property === 'string' ? `${instancePath}/${property}` : instancePath;
}

/** `booking.slot_taken` → `Slot taken`: for people who read logs; what customers read is written elsewhere. */
function titleOf(code: RefusalCode): string {
  const words = code.slice(code.lastIndexOf('.') + 1).replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** All codes with their status, for the printed contract. */
export const knownProblems = () => Object.entries(refusals).map(([code, status]) => ({ code, status }));
