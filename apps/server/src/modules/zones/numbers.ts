import { defaultNumbers, type PolicyNumbers } from '@plumbline/domain/policy-numbers';
import { mayAsStaff } from '@plumbline/domain/access';
import { audit } from '../../platform/audit.ts';
import { personOf, type Ctx } from '../../platform/ctx.ts';
import { afterCommit, inTransaction } from '../../platform/db/transaction.ts';
import { refuse } from '../../platform/errors.ts';
import type { JsonObject } from '../../platform/json.ts';
import { emit } from '../../platform/outbox.ts';
import { forget, numbersOf } from './snapshot.ts';
import * as store from './store.ts';
import type { NumbersRow } from './tables.ts';

/** The policy numbers in force in the ctx's region. */
export async function numbers(ctx: Ctx): Promise<PolicyNumbers> {
  return (await numbersInForce(ctx)).numbers;
}

/** The numbers together with their version, for records that say by which rules something was decided. */
export async function numbersInForce(ctx: Ctx): Promise<{ version: number; numbers: PolicyNumbers; row: NumbersRow }> {
  return inForce(await numbersOf(ctx, ctx.regionId));
}

function inForce(row: NumbersRow): { version: number; numbers: PolicyNumbers; row: NumbersRow } {
  return { version: row.version, numbers: asNumbers(row.numbers), row };
}

/**
 * Puts a new version into force; what is not in `changes` stays. Refuses `zones.numbers_invalid` with the path of a
 * value of the wrong kind, and `zones.changed_meanwhile` when somebody else was faster.
 */
export async function changeNumbers(
  ctx: Ctx,
  seen: number,
  changes: Record<string, unknown>,
  reason: string,
): Promise<NumbersRow> {
  const actor = personOf(ctx);
  if (!mayAsStaff(actor.grants, ctx.regionId, 'region:configure')) refuse('access.forbidden');
  return inTransaction(ctx, async (ctx) => {
    await store.lockRegion.one(ctx, ctx.regionId);
    // From the table, not from the copy: the lock is held.
    const before = inForce(await store.numbers.one(ctx, ctx.regionId));
    if (before.version !== seen) refuse('zones.changed_meanwhile', { version: before.version });
    const next = merged(before.row.numbers, changes, '');
    asNumbers(next);
    const version = before.version + 1;
    await store.insertNumbers.run(
      ctx,
      ctx.regionId,
      version,
      JSON.stringify(next),
      actor.personId,
      reason,
      ctx.clock.now(),
    );
    await audit(ctx, {
      act: 'region.numbers_changed',
      subject: `region:${ctx.regionId}`,
      reason,
      detail: { version, changes: JSON.parse(JSON.stringify(changes)) as JsonObject },
    });
    await emit(ctx, { type: 'zones.numbers_changed', key: ctx.regionId, data: { version } });
    forget(ctx);
    afterCommit(ctx, () => forget(ctx));
    return store.numbers.one(ctx, ctx.regionId);
  });
}

/** What is stored as the typed numbers; refuses what does not have exactly their shape. */
function asNumbers(stored: Record<string, unknown>): PolicyNumbers {
  requireShape(defaultNumbers, stored, '');
  return stored as unknown as PolicyNumbers;
}

function requireShape(model: object, value: Record<string, unknown>, path: string): void {
  for (const name of Object.keys(value)) if (!(name in model)) invalid(`${path}${name}`);
  for (const [name, example] of Object.entries(model)) {
    const given = value[name];
    if (isObject(example))
      requireShape(example, isObject(given) ? given : invalid(`${path}${name}`), `${path}${name}.`);
    else if (!isAcceptable(example, given)) invalid(`${path}${name}`);
  }
}

/** Counts, minutes and basis points are whole and not negative; amounts are digits. */
function isAcceptable(example: unknown, given: unknown): boolean {
  if (typeof example === 'number') return Number.isSafeInteger(given) && Number(given) >= 0;
  return typeof given === 'string' && /^\d{1,15}$/.test(given);
}

function merged(
  base: Record<string, unknown>,
  changes: Record<string, unknown>,
  path: string,
): Record<string, unknown> {
  const result = { ...base };
  for (const [name, change] of Object.entries(changes)) {
    if (!(name in base)) invalid(`${path}${name}`);
    const old = base[name];
    result[name] = isObject(old)
      ? merged(old, isObject(change) ? change : invalid(`${path}${name}`), `${path}${name}.`)
      : change;
  }
  return result;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function invalid(path: string): never {
  refuse('zones.numbers_invalid', {
    errors: [{ path: `/${path.replaceAll('.', '/')}`, message: 'not a number of the policy' }],
  });
}
