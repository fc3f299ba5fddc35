import { describe, expect, inject, it } from 'vitest';
import { sampled } from '../support/sample.ts';
import { differenceFromBaseline } from './picture.ts';
import { axeFaults, scrollsSideways, turn, useStage } from './stage.ts';

const show = useStage();
const stories = inject('stories');

describe('stories', () => {
  it('show every part in its states, and each picture belongs to one', () => {
    const parts = new Set(stories.map(({ title }) => title));
    const pictured = new Set(stories.filter(({ tags }) => tags.includes('picture')).map(({ title }) => title));
    expect([...parts].filter((title) => !pictured.has(title))).toEqual([]);
  });
});

/** All of them while pictures are made. */
const chosen = process.env['BASELINE'] === 'update' ? stories : sampled(stories, ({ id }) => id, 20);

describe.concurrent.each(chosen)('$title: $name', ({ id, tags }) => {
  it('has no fault in light, dark and right to left, and looks as reviewed', async ({ expect }) => {
    await show(id, async (page, errors) => {
      if (tags.includes('picture')) {
        const picture = await page.screenshot({ fullPage: true });
        expect(differenceFromBaseline(id, picture)).toBeUndefined();
      }
      const faults = await axeFaults(page, 'light');
      await turn(page, 'dark');
      faults.push(...(await axeFaults(page, 'dark')));
      await turn(page, 'right to left');
      if (await scrollsSideways(page)) faults.push('scrolls sideways from right to left');
      await turn(page, 'light');
      await page.setViewportSize({ width: 360, height: 640 });
      if (await scrollsSideways(page)) faults.push('scrolls sideways at 360 px');
      expect([...faults, ...errors]).toEqual([]);
    });
  });
});
