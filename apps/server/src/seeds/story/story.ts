import { openProcess, type Process } from '../../app.ts';
import type { Config } from '../../platform/config.ts';
import { statement } from '../../platform/db/statement.ts';
import { openMarket } from './market.ts';
import { play } from './play.ts';
import { bristolScenes, storyDays } from './plot.ts';
import { openStage } from './stage.ts';

const dayMs = 86_400_000;

const markTold = statement<never, [string]>(
  'story.markTold',
  `insert into installation (name, value) values ('story', $1) on conflict (name) do nothing`,
);

/**
 * Lets the last weeks of the demo market happen: people book, work, pay and quarrel by the same use cases as anybody, on a
 * clock in the past. Must run while no worker does, because one would make everything of the past late at once. Once for
 * a database; a market whose story broke off is a market all the same. Returns whether it was told now.
 */
export async function tellStory(opened: Process): Promise<boolean> {
  const isFirst = (await markTold.run(opened, new Date().toISOString())) === 1;
  if (!isFirst) return false;
  await opened.clock.refresh(true);
  const end = opened.clock.now();
  const stage = await openStage(opened, new Date(end.getTime() - storyDays * dayMs));
  try {
    await stage.settle();
    await play(stage, bristolScenes(await openMarket(stage, end)), end);
  } finally {
    await stage.close();
  }
  return true;
}

/** The same as a process of its own. */
export async function runStory(config: Config, databaseUrl: string): Promise<boolean> {
  const opened = await openProcess(config, databaseUrl, 'story', { hurried: true });
  try {
    return await tellStory(opened);
  } finally {
    await opened.close();
  }
}
