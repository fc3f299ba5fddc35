import { hash, verify } from '@node-rs/argon2';
import { refuse } from '../../platform/errors.ts';

/** Argon2id: 64 MiB, 3 passes, one lane; the salt and the numbers travel in the PHC string. */
const cost = { memoryCost: 65_536, timeCost: 3, parallelism: 1, outputLen: 32 };

export const minimumLength = 12;

/** Each hash takes 64 MiB and a core for a while, so only a few may run or wait at a time. */
const runningAtMost = 2;
const waitingAtMost = 32;
let running = 0;
const waiting: (() => void)[] = [];

export function requireAcceptable(password: string): void {
  if ([...password].length < minimumLength) refuse('identity.password_too_short', { minimum: minimumLength });
}

export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(password, cost));

/**
 * Whether the password belongs to the hash. Does the same work where there is no hash, so that the time of the
 * answer tells nothing about whether the account exists.
 */
export async function passwordMatches(stored: string | null | undefined, password: string): Promise<boolean> {
  const candidate = stored ?? (await absentHash());
  const matches = await inTurn(() => verify(candidate, password));
  return matches && stored !== null && stored !== undefined;
}

let absent: Promise<string> | undefined;
const absentHash = () => (absent ??= hashPassword(crypto.randomUUID()));

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= runningAtMost) {
    if (waiting.length >= waitingAtMost) refuse('identity.busy', { retryAfterSeconds: 2 });
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running += 1;
  }
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}
