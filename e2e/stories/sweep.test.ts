import { describe, expect, inject, it } from 'vitest';
import { differenceFromBaseline } from './picture.ts';
import { axeFaults, scrollsSideways, turn, useStage } from './stage.ts';
import { sampled } from './sample.ts';

const show = useStage();
const stories = inject('stories');

describe('stories', () => {
  it('show every part in its states, and each picture belongs to one', () => {
    const parts = new Set(stories.map(({ title }) => title));
    const pictured = new Set(stories.filter(({ tags }) => tags.includes('picture')).map(({ title }) => title));
    expect([...parts].filter((title) => !pictured.has(title))).toEqual([]);
  });
});

describe.concurrent.each(sampled(stories))('$title: $name', ({ id, tags }) => {
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
