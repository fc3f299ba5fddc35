import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import type { Ctx } from '../../../platform/ctx.ts';
import { createDb } from '../../../platform/db/db.ts';
import { appPool } from '../../../platform/db/pool.ts';
import { query } from '../../../platform/db/statement.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import { isRefusal, refuse } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { dbTest } from '../../../platform/testing.ts';
import { claim, move, type NewClaim } from './service.ts';
import * as store from './store.ts';

/**
 * The night on which British clocks go back: 24 hours from midnight UTC. 64 clients make 4,000 attempts on the time of
 * 20 people. The naive twin looks first and inserts then; it has to fail here, or the test proves nothing.
 */
const nightStart = Date.parse('2026-10-25T00:00:00Z');
const clients = 64;
const attempts = 4000;
const quarter = 15 * 60_000;

const t = dbTest();
const pools: pg.Pool[] = [];
afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.end();
});

function manyClients(): Ctx {
  const pool = appPool(t.ownerUrl, { max: clients, name: 'race' });
  pools.push(pool);
  return { ...t.commitCtx(), db: createDb(pool) };
}

/** A small generator with a seed, so that a failure can be seen again. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

function wishes(resourceIds: readonly string[], seed: number): NewClaim[] {
  const next = numbers(seed);
  return Array.from({ length: attempts }, () => {
    const from = nightStart + next(96) * quarter;
    const to = from + (2 + next(8)) * quarter;
    return {
      resourceId: resourceIds[next(resourceIds.length)] ?? '',
      during: { from: new Date(from), to: new Date(to) },
      subject: { kind: 'booking', id: newId() },
      label: 'Race',
    };
  });
}

/** Every client takes the next wish from the same list until none is left; tells how many came true. */
async function race(wanted: readonly NewClaim[], act: (wish: NewClaim) => Promise<unknown>): Promise<number> {
  let next = 0;
  let granted = 0;
  const client = async () => {
    for (let wish = wanted[next++]; wish; wish = wanted[next++]) {
      const came = await succeeds(() => act(wish));
      if (came) granted += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return granted;
}

async function succeeds(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (isRefusal(error, 'calendar.slot_taken')) return false;
    throw error;
  }
}

const people = () => Array.from({ length: 20 }, () => newId());

describe('4,000 claims by 64 clients over the night of the clock change', () => {
  it('leaves no two claims that overlap', { timeout: 120_000 }, async () => {
    t.truncateAfter('calendar_claim', 'outbox');
    const ctx = manyClients();
    const granted = await race(wishes(people(), 1), (wish) => claim(ctx, wish));
    const [proof] = await store.overlaps(ctx);
    const [kept] = await query<{ claims: number }>(ctx, 'select count(*)::int as claims from calendar_claim');
    expect(proof?.pairs).toBe(0);
    expect(kept?.claims).toBe(granted);
    expect(granted).toBeGreaterThan(200);
    expect(granted).toBeLessThan(attempts / 2);
  });

  it(
    'leaves none when whole crews are claimed and claims are moved at the same time',
    { timeout: 120_000 },
    async () => {
      t.truncateAfter(
        'calendar_claim',
        'outbox',
        'crew_member',
        'calendar_resource',
        'membership',
        'person',
        'organisation',
      );
      const ctx = manyClients();
      const members = people();
      const crews = await foundCrews(members);
      const standing: string[] = [];
      const next = numbers(7);
      await race(wishes([...members, ...crews], 2), async (wish) => {
        const moved = standing[next(standing.length)];
        if (moved && next(3) === 0) return move(ctx, moved, wish.during);
        return standing.push(await claim(ctx, wish));
      });
      expect((await store.overlaps(ctx))[0]?.pairs).toBe(0);
    },
  );

  it('finds overlaps with a twin that checks and then inserts', { timeout: 120_000 }, async () => {
    const ctx = manyClients();
    const owner = new pg.Client({ connectionString: t.ownerUrl });
    await owner.connect();
    try {
      await owner.query('drop table if exists naive_claim');
      await owner.query('create table naive_claim (resource_id uuid not null, during tstzrange not null)');
      await owner.query('create index on naive_claim using gist (resource_id, during)');
      await race(wishes(people(), 1), (wish) => claimNaively(ctx, wish));
      const { rows } = await owner.query<{ pairs: number }>(
        `select count(*)::int as pairs from naive_claim a join naive_claim b
           on a.resource_id = b.resource_id and a.ctid < b.ctid and a.during && b.during`,
      );
      expect(rows[0]?.pairs).toBeGreaterThan(0);
    } finally {
      await owner.query('drop table if exists naive_claim');
      await owner.end();
    }
  });
});

async function claimNaively(ctx: Ctx, { resourceId, during }: NewClaim): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const values = [resourceId, during.from, during.to];
    const taken = await query(
      ctx,
      `select 1 from naive_claim where resource_id = $1 and during && tstzrange($2, $3, '[)')`,
      values,
    );
    if (taken.length > 0) refuse('calendar.slot_taken');
    await query(ctx, `insert into naive_claim values ($1, tstzrange($2, $3, '[)'))`, values);
  });
}

/** Five crews of three; neighbours share a member. */
async function foundCrews(members: readonly string[]): Promise<string[]> {
  const owner = new pg.Client({ connectionString: t.ownerUrl });
  await owner.connect();
  const organisationId = newId();
  const crews = Array.from({ length: 5 }, () => newId());
  try {
    await owner.query(
      `insert into organisation (id, region_id, kind, name, slug, created_at)
       values ($1, 'gb', 'provider', 'Night Shift', $2, now())`,
      [organisationId, organisationId],
    );
    await owner.query(
      `insert into person (id, region_id, name, email, locale, time_zone, created_at)
       select id, 'gb', 'Somebody', id || '@example.test', 'en-GB', 'Europe/London', now() from unnest($1::uuid[]) as p (id)`,
      [members],
    );
    for (const [index, crew] of crews.entries()) {
      const own = [0, 1, 2].map((offset) => members[(index * 2 + offset) % members.length] ?? '');
      await owner.query(
        `insert into calendar_resource (id, region_id, organisation_id, kind, name, lead_person_id, created_at)
         values ($1, 'gb', $2, 'crew', 'Crew', $3, now())`,
        [crew, organisationId, own[0]],
      );
      await owner.query(`insert into crew_member (region_id, crew_id, person_id) select 'gb', $1, unnest($2::uuid[])`, [
        crew,
        own,
      ]);
    }
  } finally {
    await owner.end();
  }
  return crews;
}
