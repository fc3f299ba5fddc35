import { advanceClock, parseDuration } from './platform/clock.ts';
import { config as readProcessConfig } from './platform/config.ts';
import { migrateDown } from './platform/db/migrate.ts';
import { openProcess, processCtx, type Process } from './app.ts';
import { openDatabase, prepare, type Database } from './database.ts';
import { seedWhenEmpty } from './seed.ts';

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** `migrate` and `migrate down N`. */
export async function migrate([direction, steps]: string[]): Promise<void> {
  await withDatabase(async ({ url }) => {
    if (direction === undefined || direction === 'up') return prepare(url, say);
    const count = Number(steps ?? 1);
    if (direction !== 'down' || !Number.isInteger(count) || count < 1) throw new Error('migrate, or migrate down N');
    await migrateDown(url, { steps: count, progress: say });
  });
}

/** Fills the demo market; does nothing when that was done before. */
export async function seed(): Promise<void> {
  await withProcess(async (opened) => {
    const seeded = await seedWhenEmpty(processCtx(opened, 'seed'), opened.modules);
    say(seeded ? 'the demo market is seeded' : 'there is a market already: nothing seeded');
  });
}

/** Plays the last weeks of a new demo market. */
export async function story(): Promise<void> {
  const { runStory } = await import('./seeds/story/story.ts');
  await withDatabase(async ({ url }) => {
    const told = await runStory(readProcessConfig(), url);
    say(told ? 'the story of the demo market is told' : 'the story was told before: nothing played');
  });
}

/** `demo advance 3d`, `demo clock`. */
export async function demo([act, ...rest]: string[]): Promise<void> {
  if (act !== 'advance' && act !== 'clock') throw new Error('demo advance 3d, or demo clock');
  const byMs = act === 'advance' ? parseDuration(rest.join(' ')) : 0;
  if (byMs === undefined || (act === 'advance' && byMs === 0)) {
    throw new Error(`not a duration: ${rest.join(' ')} (write 90m, 6h, 3d or 1d 6h)`);
  }
  await withProcess(async ({ db, clock, config }) => {
    if (!config.demo) throw new Error('the clock moves in a demo only, never in production');
    if (byMs > 0) await advanceClock({ db }, byMs, config.demo);
    await clock.refresh(true);
    say(`the market's clock says ${clock.now().toISOString()}`);
  });
}

async function withDatabase(work: (database: Database) => Promise<void>): Promise<void> {
  const database = await openDatabase(readProcessConfig(), say);
  try {
    await work(database);
  } finally {
    await database.close();
  }
}

function withProcess(work: (opened: Process) => Promise<void>): Promise<void> {
  return withDatabase(async ({ url }) => {
    const opened = await openProcess(readProcessConfig(), url, 'command');
    try {
      await work(opened);
    } finally {
      await opened.close();
    }
  });
}
