import { readEnv, type SandboxEnv } from './env.ts';
import type { Clock } from './options.ts';
import { followPlatformClock, type PlatformClock } from './platform-clock.ts';
import { createSandbox } from './sandbox.ts';

function log(entry: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), name: 'sandbox', ...entry })}\n`);
}

const realTime: Clock = { now: () => new Date() };

function environment(): SandboxEnv {
  try {
    return readEnv(process.env);
  } catch (error) {
    log({ msg: 'sandbox cannot start', error: error instanceof Error ? error.message : String(error) });
    process.exit(1);
  }
}

/** Stops once, at a signal or when the parent's channel closes. */
function stopOn(signals: readonly NodeJS.Signals[], stop: () => Promise<void>): void {
  let stopping = false;
  const begin = () => {
    if (stopping) return;
    stopping = true;
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log({ msg: 'sandbox did not stop cleanly', error: String(error) });
        process.exit(1);
      },
    );
  };
  for (const signal of signals) process.on(signal, begin);
  // The process that started this one is gone.
  process.on('disconnect', begin);
}

/** Tells the process that started this one. If it has gone by now, `disconnect` ends this one: that is no error. */
function tellParent(message: { ready: string }): void {
  process.send?.(message, undefined, undefined, (error) => {
    if (error) log({ msg: 'sandbox could not say that it is ready', error: error.message });
  });
}

const env = environment();
const platformClock: PlatformClock | undefined = env.databaseUrl
  ? followPlatformClock(env.databaseUrl, log)
  : undefined;

try {
  const sandbox = await createSandbox({ ...env.options, clock: platformClock ?? realTime, log });
  stopOn(['SIGTERM', 'SIGINT'], async () => {
    await sandbox.close();
    await platformClock?.close();
  });
  tellParent({ ready: 'sandbox' });
  log({ msg: 'sandbox ready', url: sandbox.url });
} catch (error) {
  log({ msg: 'sandbox cannot start', error: error instanceof Error ? error.message : String(error) });
  process.exit(1);
}
