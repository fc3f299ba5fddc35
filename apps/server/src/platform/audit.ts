import type { Actor, Ctx } from './ctx.ts';
import { statement } from './db/statement.ts';
import { newId } from './ids.ts';
import type { JsonObject } from './json.ts';

export interface AuditEntry {
  /** `booking.confirm` */
  act: string;
  /** `booking:<id>` */
  subject: string;
  /** Why, in the words of the person who acted. */
  reason?: string;
  /** Before and after, amounts, the rule that allowed it. No personal data beyond ids. */
  detail?: JsonObject;
}

type Row = [string, string, Date, string, string | null, string | null, string, string, string | null, string, string];

const insertEntry = statement<never, Row>(
  'platform.audit',
  `insert into audit_entry
     (id, region_id, at, actor_kind, actor_id, session_id, act, subject, reason, detail, request_id)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
);

/** Records an act in the transaction of the act itself: either both are there or neither. Entries cannot be changed. */
export async function audit(ctx: Ctx, { act, subject, reason, detail = {} }: AuditEntry): Promise<void> {
  const { kind, id, sessionId } = who(ctx.actor);
  const at = ctx.clock.now();
  const json = JSON.stringify(detail);
  await insertEntry.run(
    ctx,
    newId(),
    ctx.regionId,
    at,
    kind,
    id,
    sessionId,
    act,
    subject,
    reason ?? null,
    json,
    ctx.requestId,
  );
}

function who(actor: Actor): { kind: string; id: string | null; sessionId: string | null } {
  if (actor.kind === 'person') return { kind: 'person', id: actor.personId, sessionId: actor.sessionId };
  return { kind: actor.kind, id: actor.kind === 'system' ? actor.name : null, sessionId: null };
}
