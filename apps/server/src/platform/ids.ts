import { randomBytes, randomInt, randomUUID } from 'node:crypto';

let lastMs = 0;
let sequence = 0;

/**
 * UUID version 7 (RFC 9562): real time in milliseconds, a 12-bit sequence that rises within one millisecond
 * (method 1 of section 6.2), then 62 random bits. Ids of one process sort in the order in which they were made.
 */
export function newId(): string {
  const ms = nextMillisecond();
  const time = ms.toString(16).padStart(12, '0');
  const count = sequence.toString(16).padStart(3, '0');
  // The end of a version 4 is what this version asks for too, and Node has its random bits in stock.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${randomUUID().slice(19)}`;
}

function nextMillisecond(): number {
  const now = Date.now();
  if (now > lastMs) {
    lastMs = now;
    sequence = randomInt(0x400);
    return lastMs;
  }
  // Also when the system clock goes back: time stands still until it has caught up.
  sequence += 1;
  if (sequence > 0xfff) {
    lastMs += 1;
    sequence = 0;
  }
  return lastMs;
}

// Without 0/O, 1/I/L and U: people read references aloud.
const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A reference for people, such as `PL-7F3K2Q`: six letters and digits, 29.4 bits; make its column unique. */
export function newReference(prefix: string): string {
  const text = Array.from({ length: 6 }, () => letters.charAt(randomInt(letters.length))).join('');
  return `${prefix}-${text}`;
}

/** A secret of so many random bytes as base64url. */
export function newSecret(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}
