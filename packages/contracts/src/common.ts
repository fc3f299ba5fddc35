import { Type, type Static, type TProperties, type TSchema } from 'typebox';

/** An object that admits no other property, in requests and in answers. */
export const closed = <P extends TProperties>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });

/** A set of words, for example states. */
export const oneOf = <const Words extends readonly string[]>(words: Words) =>
  Type.Unsafe<Words[number]>({ type: 'string', enum: [...words] });

export const nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);

export const Id = Type.String({ format: 'uuid', description: 'UUID version 7' });

export const RegionId = Type.String({
  pattern: '^[a-z]{2}$',
  description: 'A market, for example gb',
});

export const Slug = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 80 });

/** Amount in minor units of the currency, as a string of digits: JSON has no big integers. */
export const Money = closed({
  minor: Type.String({ pattern: '^-?[0-9]{1,19}$', description: 'Minor units, for example pence' }),
  currency: Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217' }),
});
export type Money = Static<typeof Money>;

/** A moment, ISO 8601 in UTC. */
export const Instant = Type.String({ format: 'date-time' });

/** A moment with the IANA time zone in which people should read it: the job's zone. */
export const ZonedInstant = closed({ at: Instant, zone: Type.String({ maxLength: 64 }) });
export type ZonedInstant = Static<typeof ZonedInstant>;

/** A calendar date in local wall time, YYYY-MM-DD. */
export const LocalDate = Type.String({ format: 'date' });

/** A local wall time, HH:MM. */
export const WallTime = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' });

/** Degrees, WGS 84. */
export const Point = closed({
  lat: Type.Number({ minimum: -90, maximum: 90 }),
  lng: Type.Number({ minimum: -180, maximum: 180 }),
});
export type Point = Static<typeof Point>;

/** One page of a list; `next` is the cursor of the page after it, absent on the last. */
export const Page = <S extends TSchema>(item: S) =>
  closed({ items: Type.Array(item), next: Type.Optional(Type.String()) });

export const Cursor = Type.String({ maxLength: 512 });
export const Limit = Type.Integer({ minimum: 1, maximum: 100, default: 20 });

/** RFC 9457 problem details as every refusal answers them. */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String(),
  detail: Type.Optional(Type.String()),
  requestId: Type.Optional(Type.String()),
  errors: Type.Optional(Type.Array(closed({ path: Type.String(), message: Type.String() }))),
});
export type Problem = Static<typeof Problem> & Record<string, unknown>;

/** The refusals that any route may give. */
export const commonRefusals = {
  'request.unparsable': 400,
  'request.invalid': 422,
  'request.too_large': 413,
  'request.unsupported_media_type': 415,
  'request.broken_picture': 422,
  'request.not_found': 404,
  'request.method_not_allowed': 405,
  'request.cross_site': 403,
  'request.rate_limited': 429,
  'request.idempotency_key_missing': 400,
  'request.idempotency_key_reused': 422,
  'request.idempotency_in_flight': 409,
  'request.unavailable': 503,
  'request.unexpected': 500,
  'access.sign_in_required': 401,
  'access.forbidden': 403,
  'access.not_found': 404,
  'region.unknown': 404,
} as const satisfies Record<string, number>;
