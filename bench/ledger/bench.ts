import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureDatabase } from '../../apps/server/src/platform/db/embedded.ts';
import { ownerPool } from '../../apps/server/src/platform/db/pool.ts';
import type { Bench, BenchResult } from '../lib/bench.ts';
import { withDatabase, type BenchDatabase } from '../lib/cluster.ts';
import { median, round } from '../lib/stats.ts';
import { fillTpcb, findPgbench, play, scriptFile, type Round, type Target } from './pgbench.ts';
import { accounts, batch, batched, bytes, fund, proof, single } from './scripts.ts';

export const bench: Bench = {
  about: 'durable transfers a second through the posting functions, beside a TPC-B-like transaction on the same server',
  run: (args) => withDatabase((database) => measure(database, optionsOf(args))),
};

interface Options {
  seconds: number;
  rounds: number;
}

/** `--seconds 10 --rounds 3`. */
function optionsOf(args: string[]): Options {
  const value = (name: string, otherwise: number) => {
    const at = args.indexOf(`--${name}`);
    return at === -1 ? otherwise : Number(args[at + 1]);
  };
  return { seconds: value('seconds', 10), rounds: value('rounds', 3) };
}

interface Variant {
  name: string;
  /** Transfers in one transaction. */
  transfers: number;
  target: Target;
  script?: string;
}

async function measure({ cluster, url }: BenchDatabase, options: Options): Promise<BenchResult> {
  const pgbench = findPgbench();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'plumbline-bench-ledger-'));
  const ledger: Target = { pgbench, url, serverPid: cluster.pid };
  await ensureDatabase(cluster, 'tpcb');
  const tpcb = { ...ledger, url: cluster.url('tpcb') };
  const client = ownerPool(url);
  try {
    await fillTpcb(tpcb, 20);
    await client.query(fund);
    await client.query('vacuum analyze');
    const script = (name: string, text: string) => scriptFile(folder, name, text);
    const variants: Variant[] = [
      { name: 'TPC-B-like', transfers: 1, target: tpcb },
      { name: 'one call, spread', transfers: 1, target: ledger, script: script('single_spread', single('spread')) },
      { name: 'one call, hot', transfers: 1, target: ledger, script: script('single_hot', single('hot')) },
      { name: 'batch, spread', transfers: batch, target: ledger, script: script('batch_spread', batched('spread')) },
      { name: 'batch, hot', transfers: batch, target: ledger, script: script('batch_hot', batched('hot')) },
    ];
    const size = await sizeOf(client, variants[3]);
    const cells = await measured(variants, options);
    const broken = await client.query<{ check_name: string }>(proof);
    if (broken.rows.length > 0)
      throw new Error(`the books do not hold: ${broken.rows.map((row) => row.check_name).join()}`);
    return report(cells, size, options);
  } finally {
    await client.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Size {
  perTransfer: number;
  perJournal: number;
}

/** What a transfer takes on disk: its row, its entries and their indexes; its journal apart. */
async function sizeOf(client: ReturnType<typeof ownerPool>, variant: Variant | undefined): Promise<Size> {
  if (!variant) throw new Error('nothing to measure the size of');
  const weigh = async () => {
    const { rows } = await client.query<{ transfers: number; journals: number; count: number }>(bytes);
    return rows[0] ?? { transfers: 0, journals: 0, count: 0 };
  };
  const before = await weigh();
  await play(variant.target, {
    connections: 1,
    transactions: 1_500,
    ...(variant.script && { script: variant.script }),
  });
  const after = await weigh();
  const count = after.count - before.count;
  return {
    perTransfer: (after.transfers - before.transfers) / count,
    perJournal: (after.journals - before.journals) / count,
  };
}

interface Cell {
  variant: Variant;
  connections: number;
  rounds: Round[];
}

/** The cells that ratios are made of are measured in interleaved rounds; the others once, and shorter. */
async function measured(variants: Variant[], { seconds, rounds }: Options): Promise<Cell[]> {
  const cells = [8, 1, 32].flatMap((connections) =>
    variants.map((variant): Cell => ({ variant, connections, rounds: [] })),
  );
  for (let at = 0; at < rounds; at += 1) {
    for (const cell of cells) {
      if (at > 0 && cell.connections !== 8) continue;
      const { variant, connections } = cell;
      const length = connections === 8 ? seconds : Math.ceil(seconds / 2);
      cell.rounds.push(
        await play(variant.target, { connections, seconds: length, ...(variant.script && { script: variant.script }) }),
      );
    }
  }
  return cells;
}

function report(cells: Cell[], size: Size, { seconds, rounds }: Options): BenchResult {
  const rate = ({ variant, rounds: all }: Cell) => median(all.map(({ tps }) => tps)) * variant.transfers;
  const cpu = ({ variant, rounds: all }: Cell) => median(all.map(({ cpuUs }) => cpuUs)) / variant.transfers;
  const at = (name: string, connections: number) => {
    const found = cells.find((cell) => cell.variant.name === name && cell.connections === connections);
    if (!found) throw new Error(`no cell ${name} at ${connections}`);
    return found;
  };
  /** Round by round, because what disturbs one round disturbs its neighbours alike. */
  const ratio = (name: string) => {
    const base = at('TPC-B-like', 8).rounds;
    const { variant, rounds: own } = at(name, 8);
    return round(median(own.map(({ tps }, index) => (tps * variant.transfers) / (base[index]?.tps ?? Number.NaN))));
  };
  const names = [...new Set(cells.map(({ variant }) => variant.name))];
  const rows = names.map((name) => [
    name,
    ...[1, 8, 32].map((connections) => Math.round(rate(at(name, connections)))),
    Math.round(cpu(at(name, 8))),
    round(median(at(name, 8).rounds.map(({ latencyMs }) => latencyMs))),
    name === 'TPC-B-like' ? 1 : ratio(name),
  ]);
  const base = cpu(at('TPC-B-like', 8));
  return {
    table: [
      ['transfers/s', '1', '8', '32 connections', 'server CPU µs at 8', 'ms a call at 8', '÷ TPC-B at 8'],
      ...rows,
    ],
    notes: [
      `PostgreSQL of its own, fsync and synchronous_commit on; client pgbench -M prepared; TPC-B at scale 20.`,
      `Spread: ${accounts} authorising accounts on both sides. Hot: every transfer credits one authorising account.`,
      `A batch is ${batch} postings, each with a journal and a key of its own. Ratios: medians of ${rounds} interleaved rounds of ${seconds} s.`,
      `Bytes: transfer, both entries and their indexes ${Math.round(size.perTransfer)}; journal with its indexes ${Math.round(size.perJournal)}.`,
      'After the run the proof held: debits = credits, balances = entries, floors.',
    ],
    figures: {
      ratio_single_spread: ratio('one call, spread'),
      ratio_single_hot: ratio('one call, hot'),
      ratio_batch_spread: ratio('batch, spread'),
      ratio_batch_hot: ratio('batch, hot'),
      bytes_per_transfer: Math.round(size.perTransfer),
      bytes_per_journal: Math.round(size.perJournal),
      tpcb_tps: Math.round(rate(at('TPC-B-like', 8))),
      single_spread_per_s: Math.round(rate(at('one call, spread', 8))),
      single_hot_per_s: Math.round(rate(at('one call, hot', 8))),
      batch_spread_per_s: Math.round(rate(at('batch, spread', 8))),
      batch_hot_per_s: Math.round(rate(at('batch, hot', 8))),
      cpu_ratio_single_spread: round(base / cpu(at('one call, spread', 8)), 3),
      cpu_ratio_single_hot: round(base / cpu(at('one call, hot', 8)), 3),
      cpu_ratio_batch_hot: round(base / cpu(at('batch, hot', 8)), 3),
    },
  };
}
