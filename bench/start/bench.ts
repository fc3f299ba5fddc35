import { chmodSync, mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import autocannon from 'autocannon';
import { cloneRepository, deleteClone } from '../../tools/lib/clone.ts';
import { freePortPair, startProduct, type Part, type Product } from '../../tools/lib/product.ts';
import type { Bench, BenchResult } from '../lib/bench.ts';
import { familyOf, residentMb, sharedMb } from '../lib/processes.ts';
import { median, round } from '../lib/stats.ts';

const warmRounds = 5;
const idleSeconds = 10;
const loadSeconds = 10;
const connections = 32;
const parts = ['supervisor', 'api', 'worker', 'sandbox', 'postgres'] as const satisfies Part[];

type Memory = Record<(typeof parts)[number], number>;

export const bench: Bench = {
  about: 'From a fresh clone to `ready`, warm starts, and the memory of each process idle and under load.',
  run: measure,
};

async function measure(): Promise<BenchResult> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'pl-bench-start-'));
  chmodSync(folder, 0o755);
  try {
    cloneRepository(folder);
    const port = await freePortPair();
    const cold = await coldStart(folder, port);
    const warm = await warmStarts(folder, port);
    const { idle, load, pages } = await memories(folder, port);
    return result(cold, warm, idle, load, pages);
  } finally {
    deleteClone(folder);
  }
}

async function coldStart(folder: string, port: number): Promise<number> {
  const product = await startProduct({ folder, port, readyWithinMs: 900_000 });
  await product.stop();
  return product.seconds;
}

async function warmStarts(folder: string, port: number): Promise<number[]> {
  const seconds: number[] = [];
  for (let round = 0; round < warmRounds; round += 1) {
    const product = await startProduct({ folder, port });
    seconds.push(product.seconds);
    await product.stop();
  }
  return seconds;
}

/** The load comes from one address: without its rate limit out of reach, nearly all answers would be refusals. */
const unlimited = { PLUMBLINE_LIMIT_FACTOR: '1000000' };

async function memories(folder: string, port: number) {
  const product = await startProduct({ folder, port, env: unlimited });
  try {
    await sleep(idleSeconds * 1000);
    const idle = memoryOf(product);
    const running = autocannon({ url: `${product.url}/`, connections, duration: loadSeconds });
    const peaks: Memory[] = [];
    const sampler = setInterval(() => peaks.push(memoryOf(product)), 1000);
    const done = await running;
    clearInterval(sampler);
    const pages = { perSecond: done['2xx'] / done.duration, failed: done.non2xx + done.errors };
    return { idle, load: highest(peaks), pages };
  } finally {
    await product.stop();
  }
}

function memoryOf(product: Product): Memory {
  const of = (part: Part) =>
    part === 'postgres' ? sharedMb(familyOf(product.pidOf(part))) : residentMb(product.pidOf(part));
  return Object.fromEntries(parts.map((part) => [part, of(part)])) as Memory;
}

function highest(samples: Memory[]): Memory {
  return Object.fromEntries(parts.map((part) => [part, Math.max(...samples.map((sample) => sample[part]))])) as Memory;
}

function result(
  cold: number,
  warm: number[],
  idle: Memory,
  load: Memory,
  pages: { perSecond: number; failed: number },
): BenchResult {
  const megabytes = (memory: Memory, when: string) =>
    Object.fromEntries(parts.map((part) => [`${part}_${when}_mb`, Math.round(memory[part])]));
  return {
    table: [
      ['process', 'idle MB', 'under load MB'],
      ...parts.map((part) => [part, Math.round(idle[part]), Math.round(load[part])]),
    ],
    notes: [
      `cold: clone, npm ci, web build, cluster, schema, demo market: ${cold.toFixed(1)} s`,
      `warm: ${warm.map((each) => each.toFixed(1)).join(', ')} s`,
      `idle: ${idleSeconds} s after ready; load: the home page, ${connections} connections, rate limits out of reach: ${Math.round(pages.perSecond)} pages/s answered 2xx, ${pages.failed} failed`,
      'memory: resident; of PostgreSQL all processes, shared pages once',
    ],
    figures: {
      cold_s: round(cold),
      warm_s: round(median(warm)),
      ...megabytes(idle, 'idle'),
      ...megabytes(load, 'load'),
    },
  };
}
