import { Type, type Static, type TSchema } from 'typebox';
import type { Permission } from '@plumbline/domain/access';

/** Which budget of requests a route draws on; the numbers are in the region's policy. */
export type RateClass = 'default' | 'sign_in' | 'money' | 'message';

/**
 * One route of the API: what crosses the wire in both directions. The server validates and
 * serialises by it, OpenAPI is printed from it, and the client is typed by it.
 */
export interface Route {
  /** `module.act`, unique; also the OpenAPI operation id. */
  name: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Fastify path with `:params`, beginning with `/v1/`. */
  path: `/v1/${string}`;
  /** Who may call it at all; `public` has to be written out. */
  permission: Permission | 'public';
  summary: string;
  params?: TSchema;
  query?: TSchema;
  body?: TSchema;
  reply: TSchema;
  /** Status of success; 200 unless told. */
  status?: 200 | 201 | 202 | 204;
  /** The refusals that this route gives beyond those that any route may give. */
  refusals?: readonly string[];
  /** A write that moves money: needs an `Idempotency-Key` header. */
  idempotent?: true;
  limit?: RateClass;
  /** The body reaches the handler as the bytes received (signed webhooks). */
  rawBody?: true;
  /** The body is multipart/form-data with files. */
  multipart?: true;
  /** The answer is a file, not JSON: the handler gives its bytes, type and name. */
  file?: true;
}

/** The reply of a route that answers with a file. */
export const FileReply = Type.Unsafe<{ bytes: Uint8Array; contentType: string; name: string }>({
  type: 'string',
  format: 'binary',
});

/** Declares a route and keeps its literal types. */
export function route<const R extends Route>(definition: R): R {
  return definition;
}

type Shape<R extends Route, K extends 'params' | 'query' | 'body'> = R[K] extends TSchema ? Static<R[K]> : undefined;

export type ParamsOf<R extends Route> = Shape<R, 'params'>;
export type QueryOf<R extends Route> = Shape<R, 'query'>;
export type BodyOf<R extends Route> = Shape<R, 'body'>;
export type ReplyOf<R extends Route> = Static<R['reply']>;
