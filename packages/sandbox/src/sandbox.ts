import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { App } from './app.ts';
import { runDue } from './due.ts';
import { createHttpServer } from './http/server.ts';
import { settingsOf, type SandboxOptions, type Settings } from './options.ts';
import { openDatabase } from './store/database.ts';
import { createStore } from './store/store.ts';
import { createDeliverer } from './webhooks/deliver.ts';

export interface Sandbox {
  /** Where the API listens: http://host:port. */
  url: string;
  host: string;
  port: number;
  /** Does what is due by the clock now, instead of at the next tick. Returns how much was done. */
  tick(): number;
  /** Settles when every webhook that can be delivered has been. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

const DEFAULT_TICK_MS = 250;

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}

function checkOptions(options: SandboxOptions): void {
  if (!options.secretKey.startsWith('sk_test_')) throw new Error('secretKey must start with sk_test_');
  if (options.controlKey === '') throw new Error('controlKey must not be empty');
  for (const endpoint of options.webhooks) {
    if (!endpoint.secret.startsWith('whsec_')) throw new Error(`the secret of ${endpoint.url} must start with whsec_`);
  }
}

function startTicking(app: App, everyMs: number): NodeJS.Timeout {
  return setInterval(() => {
    try {
      runDue(app);
    } catch (error) {
      app.settings.log({
        msg: 'due work failed',
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    }
  }, everyMs);
}

/** The settings are complete only when the port is known; until then nobody reads them. */
function prepare(options: SandboxOptions): { app: App; complete(settings: Settings): void } {
  const app: App = {
    settings: settingsOf(options, ''),
    store: createStore(openDatabase(options.dataFile, options.hurried)),
    poke: () => undefined,
  };
  return { app, complete: (settings) => Object.assign(app, { settings }) };
}

/** Starts a sandbox PSP that speaks Stripe's API. Two sandboxes must not share a data file. */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  checkOptions(options);
  const host = options.host ?? '127.0.0.1';
  const { app, complete } = prepare(options);
  const server = createHttpServer(app);
  const port = await listen(server, options.port, host).catch((error: unknown) => {
    app.store.db.close();
    throw error;
  });
  const url = `http://${host}:${port}`;
  complete(settingsOf(options, url));
  const deliverer = createDeliverer(app.store, app.settings);
  app.poke = deliverer.poke;
  const ticking = startTicking(app, options.tickMs ?? DEFAULT_TICK_MS);
  // What an earlier run has not delivered.
  deliverer.poke();
  return {
    url,
    host,
    port,
    tick: () => runDue(app),
    idle: deliverer.idle,
    close: async () => {
      clearInterval(ticking);
      await closeServer(server);
      await deliverer.close();
      app.store.db.close();
    },
  };
}
