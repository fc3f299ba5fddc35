import { randomBytes, randomInt } from 'node:crypto';

let lastMs = 0;
let sequence = 0;

/**
 * UUID version 7 (RFC 9562): real time in milliseconds, a 12-bit sequence that rises within one millisecond
 * (method 1 of section 6.2), then 62 random bits. Ids of one process sort in the order in which they were made.
 */
export function newId(): string {
  const ms = nextMillisecond();
  const bytes = randomBytes(16);
  bytes.writeUIntBE(ms, 0, 6);
  bytes.writeUInt16BE(0x7000 | sequence, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
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
