import { termHash } from '@plumbline/domain/relevance';
import type { RankInputs, RiskBand } from '@plumbline/domain/ranking';

/**
 * What the ranking looks at, as one record of bytes per listing: 500 of them cross the wire as one value instead of
 * 500 rows of 16 columns. Big-endian, as PostgreSQL's send functions write, so that bulk loads can build it in SQL:
 *
 *   0 no int4 · 4 x int4 · 8 y int4 · 12 quality f4 · 16 response f4 · 20 completion f4 · 24 priceFit f4 · 28 free f4 ·
 *   32 bookings int4 · 36 flags int2 (risk: bits 0-1, penalties: bits 2-7, new: bit 8) · 38 length int2 ·
 *   40 service id 16 bytes · 56 price f8 (NaN: on request) · 64 rating f4 · 68 count of terms int2 · then per term:
 *   hash int4, weighted frequency int2
 */
export interface ListingRecord {
  no: number;
  x: number;
  y: number;
  quality: number;
  response: number;
  completion: number;
  priceFit: number;
  /** Share of the next 72 hours that is free. */
  free: number;
  bookings: number;
  risk: RiskBand;
  penalties: number;
  /** Too few reviews to show stars. */
  isNew: boolean;
  /** Sum of the weighted frequencies. */
  length: number;
  serviceId: string;
  /** Minor units; null for a price on request. */
  price: number | null;
  /** Lower bound of the stars, 0 while there are too few. */
  rating: number;
  terms: { hash: number; frequency: number }[];
}

export const headBytes = 70;
export const termCountAt = 68;
export const termBytes = 6;
const bands: readonly RiskBand[] = ['clear', 'watched', 'held'];
/** More terms than a long description has; the rarest are kept anyway, since each appears once. */
const mostTerms = 400;

/** The bytes of a record. */
export function encodeRecord(record: ListingRecord): Buffer {
  const terms = record.terms.toSorted((a, b) => b.frequency - a.frequency).slice(0, mostTerms);
  const bytes = Buffer.alloc(headBytes + terms.length * termBytes);
  bytes.writeInt32BE(record.no, 0);
  bytes.writeInt32BE(record.x, 4);
  bytes.writeInt32BE(record.y, 8);
  bytes.writeFloatBE(record.quality, 12);
  bytes.writeFloatBE(record.response, 16);
  bytes.writeFloatBE(record.completion, 20);
  bytes.writeFloatBE(record.priceFit, 24);
  bytes.writeFloatBE(record.free, 28);
  bytes.writeInt32BE(record.bookings, 32);
  bytes.writeInt16BE(
    bands.indexOf(record.risk) | (Math.min(63, record.penalties) << 2) | (Number(record.isNew) << 8),
    36,
  );
  bytes.writeInt16BE(Math.min(32_767, Math.round(record.length)), 38);
  bytes.write(record.serviceId.replaceAll('-', ''), 40, 'hex');
  bytes.writeDoubleBE(record.price ?? NaN, 56);
  bytes.writeFloatBE(record.rating, 64);
  bytes.writeInt16BE(terms.length, termCountAt);
  terms.forEach(({ hash, frequency }, index) => {
    bytes.writeUInt32BE(hash, headBytes + index * termBytes);
    bytes.writeInt16BE(Math.min(32_767, frequency), headBytes + index * termBytes + 4);
  });
  return bytes;
}

/** Where the record that begins at `at` ends. */
export const endOf = (bytes: Buffer, at: number): number =>
  at + headBytes + bytes.readInt16BE(at + termCountAt) * termBytes;

/** Where each record of a run of them begins; after each there are `extra` bytes of something else. */
export function offsetsIn(bytes: Buffer, extra = 0): number[] {
  const offsets: number[] = [];
  for (let at = 0; at + headBytes <= bytes.length; at = endOf(bytes, at) + extra) offsets.push(at);
  return offsets;
}

/** A record again, for tests and explanations; the ranking reads single fields in place. */
export function decodeRecord(bytes: Buffer, at = 0): ListingRecord {
  const flags = bytes.readInt16BE(at + 36);
  const count = bytes.readInt16BE(at + termCountAt);
  const price = bytes.readDoubleBE(at + 56);
  return {
    no: bytes.readInt32BE(at),
    x: bytes.readInt32BE(at + 4),
    y: bytes.readInt32BE(at + 8),
    quality: bytes.readFloatBE(at + 12),
    response: bytes.readFloatBE(at + 16),
    completion: bytes.readFloatBE(at + 20),
    priceFit: bytes.readFloatBE(at + 24),
    free: bytes.readFloatBE(at + 28),
    bookings: bytes.readInt32BE(at + 32),
    risk: riskIn(flags),
    penalties: (flags >> 2) & 63,
    isNew: (flags & 256) !== 0,
    length: bytes.readInt16BE(at + 38),
    serviceId: serviceIdIn(bytes, at),
    price: Number.isNaN(price) ? null : price,
    rating: bytes.readFloatBE(at + 64),
    terms: Array.from({ length: count }, (_, index) => ({
      hash: bytes.readUInt32BE(at + headBytes + index * termBytes),
      frequency: bytes.readInt16BE(at + headBytes + index * termBytes + 4),
    })),
  };
}

export const riskIn = (flags: number): RiskBand => bands[flags & 3] ?? 'held';

/** The service of the record that begins at `at`. */
export const serviceIdIn = (bytes: Buffer, at: number): string => uuidAt(bytes, at + 40);

function uuidAt(bytes: Buffer, at: number): string {
  const hex = bytes.toString('hex', at, at + 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The weighted frequency of a term in the record that begins at `at`; 0 when it does not have it. */
export function frequencyIn(bytes: Buffer, at: number, hash: number): number {
  const end = endOf(bytes, at);
  for (let term = at + headBytes; term < end; term += termBytes) {
    if (bytes.readUInt32BE(term) === hash) return bytes.readInt16BE(term + 4);
  }
  return 0;
}

/** Lexemes with their weighted frequencies as the terms of a record; equal hashes are added up. */
export function termsOf(frequencies: ReadonlyMap<string, number>): { hash: number; frequency: number }[] {
  const byHash = new Map<number, number>();
  for (const [lexeme, frequency] of frequencies) {
    const hash = termHash(lexeme);
    byHash.set(hash, (byHash.get(hash) ?? 0) + frequency);
  }
  return [...byHash].map(([hash, frequency]) => ({ hash, frequency }));
}

// A result as it is kept for a replay: service id, score, ten inputs.

const resultBytes = 16 + 8 + 10 * 4;

export interface KeptResult {
  serviceId: string;
  score: number;
  inputs: RankInputs;
}

export function encodeResults(results: readonly KeptResult[]): Buffer {
  const bytes = Buffer.alloc(results.length * resultBytes);
  results.forEach(({ serviceId, score, inputs }, index) => {
    const at = index * resultBytes;
    bytes.write(serviceId.replaceAll('-', ''), at, 'hex');
    bytes.writeDoubleBE(score, at + 16);
    const { relevance, metres, quality, availability, response, priceFit, completion, bookings, penalties, risk } =
      inputs;
    const values = [
      relevance,
      metres ?? NaN,
      quality,
      availability,
      response,
      priceFit,
      completion,
      bookings,
      penalties,
      bands.indexOf(risk),
    ];
    values.forEach((value, field) => bytes.writeFloatBE(value, at + 24 + field * 4));
  });
  return bytes;
}

export function decodeResults(bytes: Buffer): KeptResult[] {
  return Array.from({ length: bytes.length / resultBytes }, (_, index) => {
    const at = index * resultBytes;
    const field = (number: number) => bytes.readFloatBE(at + 24 + number * 4);
    const metres = field(1);
    return {
      serviceId: uuidAt(bytes, at),
      score: bytes.readDoubleBE(at + 16),
      inputs: {
        relevance: field(0),
        metres: Number.isNaN(metres) ? null : metres,
        quality: field(2),
        availability: field(3),
        response: field(4),
        priceFit: field(5),
        completion: field(6),
        bookings: field(7),
        penalties: field(8),
        risk: riskIn(field(9)),
      },
    };
  });
}
