import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SearchQuery } from '@plumbline/contracts/matching';
import { statementFor } from '../../apps/server/src/modules/matching/search.ts';
import type { Ctx } from '../../apps/server/src/platform/ctx.ts';

const repository = path.resolve(import.meta.dirname, '../..');

/** Whether the web is built, so that its pages can be asked for. */
export const hasPages = () => existsSync(path.join(repository, 'apps/web/build/server/index.js'));

/** A question as it stands in an address. */
export const parametersOf = (query: SearchQuery): string =>
  new URLSearchParams(Object.entries(query).map(([name, value]): [string, string] => [name, String(value)])).toString();

export interface Server {
  url: string;
  pid: number;
  stop(): Promise<void>;
}

export async function startApi(databaseUrl: string): Promise<Server> {
  const port = await freePort();
  const env = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    PORT: String(port),
    LOG_LEVEL: 'warn',
    PLUMBLINE_LIMIT_FACTOR: '1000000',
    PLUMBLINE_WEB: hasPages() ? 'built' : 'off',
  };
  const child = spawn(process.execPath, [path.join(repository, 'apps/server/src/main.ts'), 'api'], {
    cwd: repository,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return listening(child, port, '/v1/markets');
}

/**
 * The peer: node:http, one prepared statement a request (the search's own), and the very bytes of the product's
 * answer; nothing is parsed, ranked, checked or written.
 */
export async function startBare(
  databaseUrl: string,
  ctx: Ctx,
  apiUrl: string,
  asked: readonly SearchQuery[],
): Promise<Server> {
  const answers: Record<string, { text: string; values: unknown[]; body: string }> = {};
  for (const query of asked) {
    const address = `/v1/markets/gb/listings?${parametersOf(query)}`;
    const { text, values } = await statementFor(ctx, query);
    answers[address] = { text, values, body: await (await fetch(`${apiUrl}${address}`)).text() };
  }
  const port = await freePort();
  const file = path.join(import.meta.dirname, 'bare.ts');
  const answersFile = path.join(process.env['TMPDIR'] ?? '/tmp', `plumbline-bare-${process.pid}-${port}.json`);
  writeFileSync(answersFile, JSON.stringify(answers));
  const child = spawn(process.execPath, [file, databaseUrl, String(port), answersFile], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return listening(child, port, '/');
}

async function listening(child: ChildProcess, port: number, probe: string): Promise<Server> {
  const url = `http://127.0.0.1:${port}`;
  const deadline = performance.now() + 120_000;
  while (!(await answers(`${url}${probe}`))) {
    if (child.exitCode !== null) throw new Error(`the server on ${port} ended with ${child.exitCode}`);
    if (performance.now() > deadline) throw new Error(`the server on ${port} does not answer`);
    await sleep(200);
  }
  return {
    url,
    pid: child.pid ?? 0,
    stop: async () => {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).status < 500;
  } catch {
    // Not listening yet.
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
