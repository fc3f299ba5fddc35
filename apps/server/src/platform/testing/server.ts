import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { testConfig } from '../config.ts';
import type { Ctx } from '../ctx.ts';

export interface TestServer {
  /** Sends a request in process, as a browser on our own pages would. */
  inject(request: InjectOptions | string): Promise<LightMyRequestResponse>;
  close(): Promise<void>;
}

/**
 * The whole API on the database and the clock of a test. Loaded when asked for, so that a test of one module does
 * not need all of them.
 */
export async function testServer(ctx: Ctx): Promise<TestServer> {
  const { buildServer } = await import('../http/server.ts');
  const { loadModules } = await import('../../modules.ts');
  const { db, clock, log } = ctx;
  const app = await buildServer({ config: testConfig(), db, clock, log, modules: await loadModules() });
  return { inject: (request) => app.inject(fromOurPage(request)), close: () => app.close() };
}

/** Unsafe methods are refused without this header, which browsers send and pages cannot forge. */
function fromOurPage(request: InjectOptions | string): InjectOptions {
  const options = typeof request === 'string' ? { url: request } : request;
  return { ...options, headers: { 'sec-fetch-site': 'same-origin', ...options.headers } };
}
