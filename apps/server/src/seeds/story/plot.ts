import type { Market } from './market.ts';
import type { Scene } from './play.ts';
import { aheadForNovak, aheadForOthers } from './plot/ahead.ts';
import { disputed, gaveUp, onTheWay } from './plot/lately.ts';
import { paidByNovak, paidByOthers } from './plot/past.ts';

/** How long before the demo's first day the story begins. */
export const storyDays = 26;

/** What has happened in Bristol: every state that a booking can be in, and money on each stretch of its way. */
export function bristolScenes(market: Market): Scene[] {
  const chapters = [paidByNovak, paidByOthers, onTheWay, gaveUp, disputed, aheadForNovak, aheadForOthers];
  return chapters.flatMap((chapter) => chapter(market));
}
