import type { BodyOf, ParamsOf, QueryOf, ReplyOf, Route } from '@plumbline/contracts/route';
import type { Ctx, PersonActor, RegionId } from '../ctx.ts';
import type { DeadlineHandler } from '../deadlines.ts';
import type { JsonObject } from '../json.ts';
import type { Event } from '../outbox.ts';

/** The side of a request that is HTTP, for the few handlers that need it. */
export interface HttpReply {
  /** Where the request came from. */
  address: string;
  userAgent?: string;
  header(name: string): string | undefined;
  /** Signs the browser in: the session cookie goes out with the answer. */
  setSession(token: string, expiresAt: Date): void;
  clearSession(): void;
  /** The bytes as they came, on a route with `rawBody`; empty elsewhere. */
  rawBody: Buffer;
  /** What was uploaded, on a route with `multipart`; empty elsewhere. */
  files: UploadedFile[];
}

export interface UploadedFile {
  /** Name of the form's field. */
  field: string;
  /** As the sender called it; never a path. */
  name: string;
  bytes: Buffer;
}

export interface InputOf<R extends Route> {
  params: ParamsOf<R>;
  query: QueryOf<R>;
  body: BodyOf<R>;
}

export interface LooseInput {
  params: unknown;
  query: unknown;
  body: unknown;
}

export interface RouteOptions {
  /**
   * The handler of an idempotent route speaks to an outside service: its key is claimed in a transaction of its
   * own instead of one around the whole handler. The handler has to be safe to run again with the same key.
   */
  outside?: true;
}

export interface RouteHandler extends RouteOptions {
  route: Route;
  handle: (ctx: Ctx, input: LooseInput, http: HttpReply) => Promise<unknown>;
}

/** Ties a contract route to its handler; the types of input and answer are those of the contract. */
export function on<R extends Route>(
  route: R,
  handle: (ctx: Ctx, input: InputOf<R>, http: HttpReply) => Promise<ReplyOf<R>>,
  options: RouteOptions = {},
): RouteHandler {
  // The server hands over only what it has validated against this very contract, so the types hold.
  return { route, handle: (ctx, input, http) => handle(ctx, input as InputOf<R>, http), ...options };
}

/** Reacts to an event, as a task of its own in a transaction that also records that it did. */
export interface Listener {
  /** Unique for its type of event within the module. */
  name: string;
  run: (ctx: Ctx, event: Event) => Promise<void>;
}

export interface Schedule {
  task: string;
  /** Real time. */
  everySeconds: number;
}

/** Who may hear a live topic: `prefix` of `booking:<id>` is `booking`. */
export interface LiveTopic {
  prefix: string;
  may: (ctx: Ctx, id: string) => Promise<boolean>;
}

/** A module's parts, as they are plugged into the platform. */
export interface Module {
  name: string;
  routes?: RouteHandler[];
  listeners?: Record<string, Listener[]>;
  tasks?: Record<string, (ctx: Ctx, data: JsonObject) => Promise<void>>;
  schedules?: Schedule[];
  deadlines?: Record<string, DeadlineHandler>;
  /** Fills an empty demo market; runs once, in map order. */
  seeds?: (ctx: Ctx) => Promise<void>;
  liveTopics?: LiveTopic[];
  /** Who a session token belongs to (identity). */
  authenticate?: (ctx: Ctx, token: string) => Promise<PersonActor | undefined>;
  /** The regions that exist (zones). */
  regions?: (ctx: Ctx) => Promise<RegionId[]>;
}

export function defineModule(module: Module): Module {
  return module;
}
