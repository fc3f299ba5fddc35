import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { bookingStates } from '@plumbline/domain/booking';
import { cast } from '@plumbline/testkit/cast';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openProcess, processCtx, type Process } from '../../app.ts';
import { castActor } from '../../modules/identity/index.ts';
import { search } from '../../modules/matching/search.ts';
import { audited } from '../../modules/payments/fixtures.ts';
import { explain } from '../../modules/payments/payout/read.ts';
import { usePsp } from '../../modules/payments/psp/client.ts';
import { pspKeys } from '../../modules/payments/psp-fixtures.ts';
import { testConfig } from '../../platform/config.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { query } from '../../platform/db/statement.ts';
import { freshDatabase } from '../../platform/testing.ts';
import { seedWhenEmpty } from '../../seed.ts';
import { tellStory } from './story.ts';

const dataFolder = mkdtempSync(path.join(os.tmpdir(), 'plumbline-story-'));
let opened: Process;
let ctx: Ctx;
let wasTold: boolean;

beforeAll(async () => {
  const port = await freePort();
  usePsp({ ...pspKeys, apiUrl: `http://127.0.0.1:${port}` });
  const sandbox = {
    PLUMBLINE_DATA: dataFolder,
    SANDBOX_PORT: String(port),
    SANDBOX_SECRET_KEY: pspKeys.secretKey,
    SANDBOX_CONTROL_KEY: 'control-key-of-the-story-test',
    SANDBOX_PLATFORM_WEBHOOK_URL: 'http://127.0.0.1:1/platform',
    SANDBOX_PLATFORM_WEBHOOK_SECRET: pspKeys.webhookSecret,
    SANDBOX_CONNECT_WEBHOOK_URL: 'http://127.0.0.1:1/connect',
    SANDBOX_CONNECT_WEBHOOK_SECRET: pspKeys.connectWebhookSecret,
  };
  for (const [name, value] of Object.entries(sandbox)) vi.stubEnv(name, value);
  opened = await openProcess(testConfig(), await freshDatabase(), 'story', { hurried: true });
  ctx = processCtx(opened, 'story');
  await seedWhenEmpty(ctx, opened.modules);
  wasTold = await tellStory(opened);
}, 240_000);

afterAll(async () => {
  await opened.close();
  vi.unstubAllEnvs();
  rmSync(dataFolder, { recursive: true, force: true });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

const statesOf = async (table: 'booking' | 'money_order' | 'payout'): Promise<string[]> =>
  (await query<{ state: string }>(ctx, `select distinct state from ${table}`)).map(({ state }) => state);

describe('the story of the demo market', () => {
  it('has bookings in every state but the one that lasts minutes', async () => {
    const expected = bookingStates.filter((state) => state !== 'awaiting_payment');
    expect((await statesOf('booking')).toSorted()).toEqual(expected.toSorted());
  });

  it('has money on every stretch of its way', async () => {
    const states = await statesOf('money_order');
    for (const state of ['authorised', 'held', 'delivered', 'release_pending', 'released', 'closed', 'refunded']) {
      expect(states).toContain(state);
    }
    expect(states).toContain('disputed_internal');
    expect(await statesOf('payout')).toContain('paid');
  });

  it('has happened by the books: they prove themselves, and a payout is explained to the penny', async () => {
    const companies = await query<{ id: string }>(ctx, 'select distinct organisation_id as id from earning');
    expect(companies.length).toBeGreaterThan(4);
    expect(
      await audited(
        ctx,
        companies.map(({ id }) => id),
      ),
    ).toEqual([]);
    const [payout] = await query<{ id: string; amount_minor: bigint }>(ctx, 'select id, amount_minor from payout');
    const { lines } = await explain({ ...ctx, actor: await castActor(ctx, cast.ada.email) }, payout?.id ?? '');
    expect(lines.reduce((sum, line) => sum + BigInt(line.net.minor), 0n)).toBe(payout?.amount_minor);
  });

  it('lies in the past, in the order of its telling', async () => {
    const [row] = await query<{ late: number; first: Date }>(
      ctx,
      `select (count(*) filter (where at > clock_timestamp()))::int as late, min(at) as first from booking_event`,
    );
    expect(row?.late).toBe(0);
    expect(Date.now() - (row?.first.getTime() ?? 0)).toBeGreaterThan(20 * 86_400_000);
    const backwards = await query(
      ctx,
      `select from (select at, lag(at) over (partition by booking_id order by id) as before from booking_event) e
       where at < before`,
    );
    expect(backwards).toEqual([]);
  });

  it('leaves the other companies’ accounts to the worker, and nothing else', async () => {
    const open = await query<{ task: string }>(
      ctx,
      `select data->>'task' as task from pgboss.job where state not in ('completed')`,
    );
    expect(open.map(({ task }) => task)).toEqual(['payments.open_demo_accounts']);
  });

  it('plays in a market where a tap is not the work of one: eight companies come to BS3', async () => {
    const { items } = await search(ctx, { q: 'tap', place: 'BS3', limit: 50 });
    expect(new Set(items.map(({ provider }) => provider.name)).size).toBeGreaterThanOrEqual(8);
  });

  it('is told once', async () => {
    expect(wasTold).toBe(true);
    expect(await tellStory(opened)).toBe(false);
  });
});
