import type { Stage } from './stage.ts';

/**
 * One thread of a story. It yields the moment at which it goes on; whatever others do in between has happened by then.
 * What lies after the end of the story is left to the market.
 */
export type Scene = AsyncGenerator<Date, void, void>;

interface Thread {
  scene: Scene;
  at: Date;
}

/** Plays the scenes together, each at its times, until this moment; the first of two at one time goes first. */
export async function play(stage: Stage, scenes: readonly Scene[], until: Date): Promise<void> {
  const threads: Thread[] = [];
  for (const scene of scenes) await wake(threads, scene);
  for (;;) {
    const thread = earliest(threads, until);
    if (!thread) break;
    threads.splice(threads.indexOf(thread), 1);
    await stage.advanceTo(thread.at);
    await wake(threads, thread.scene);
    await stage.settle();
  }
  await stage.advanceTo(until);
}

async function wake(threads: Thread[], scene: Scene): Promise<void> {
  const { value, done } = await scene.next();
  if (!done && value) threads.push({ scene, at: value });
}

function earliest(threads: readonly Thread[], until: Date): Thread | undefined {
  return threads
    .filter(({ at }) => at <= until)
    .reduce<Thread | undefined>((first, one) => (first && first.at <= one.at ? first : one), undefined);
}
