import { createSandbox, type Sandbox } from '@plumbline/sandbox';
import { readEnv } from '@plumbline/sandbox/env';
import { payHosted, type Payer } from '@plumbline/sandbox/testing';
import { processCtx, type Process } from '../../app.ts';
import * as payments from '../../modules/payments/index.ts';
import type { Actor, Ctx } from '../../platform/ctx.ts';
import type { SharedClock } from '../../platform/clock.ts';
import { nextDeadline, openDrain, type Drain } from '../../platform/drain.ts';
import { newId } from '../../platform/ids.ts';
import { registryOf } from '../../platform/registry.ts';
import { runDueSchedules } from '../../platform/schedules.ts';

/** Where a story plays: the market, its worker and the sandbox PSP on one clock that is moved by hand. */
export interface Stage {
  now(): Date;
  /** Lets time pass: every deadline and payout on the way happens at its own moment. */
  advanceTo(at: Date): Promise<void>;
  /** What a request of this person would carry. */
  as(actor: Actor): Ctx;
  /** Pays on the PSP's page, and waits until everybody has heard of it. */
  pay(url: string, payer?: Payer): Promise<void>;
  /** Does everything that follows from what has been done. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Sets the stage at this moment of the past. The sandbox listens where the executable will later, on the same data, with
 * its messages led to a port of ours, because the API is not up yet.
 */
export async function openStage(opened: Process, from: Date): Promise<Stage> {
  const clock = movedByHand(from);
  const base = processCtx({ ...opened, clock }, 'story');
  const registry = registryOf(opened.modules);
  const messages = await payments.listenForMessages(() => base);
  const sandbox = await openSandbox(clock, messages.url);
  const drain = await openDrain(base, registry, new Set([payments.openDemoAccountsTask]));
  await runDueSchedules(base, registry.schedules);
  const settle = () => settleAll(sandbox, drain);
  return {
    now: () => clock.now(),
    settle,
    as: (actor) => ({ ...base, actor, requestId: newId(), idempotencyKey: newId() }),
    advanceTo: async (at) => {
      for (let due = await nextDeadline(base, at); due; due = await nextDeadline(base, at)) {
        clock.set(due);
        await settle();
      }
      clock.set(at);
      await settle();
    },
    pay: async (url, payer) => {
      await payHosted(url, payer);
      await settle();
    },
    close: async () => {
      await drain.stop();
      await sandbox.close();
      messages.close();
    },
  };
}

/** The time of the story; it never goes back. */
function movedByHand(from: Date): SharedClock & { set(to: Date): void } {
  let now = from;
  return {
    now: () => new Date(now),
    refresh: async () => undefined,
    set: (to) => {
      if (to > now) now = to;
    },
  };
}

function openSandbox(clock: SharedClock, messagesUrl: string): Promise<Sandbox> {
  const { options } = readEnv(process.env);
  return createSandbox({
    ...options,
    clock,
    hurried: true,
    webhooks: options.webhooks.map((endpoint) => ({
      ...endpoint,
      url: `${messagesUrl}/${endpoint.connect ? 'connect' : 'platform'}`,
    })),
  });
}

async function settleAll(sandbox: Sandbox, drain: Drain): Promise<void> {
  for (let busy = 1; busy > 0;) {
    busy = sandbox.tick();
    await sandbox.idle();
    busy += await drain.run();
  }
}
