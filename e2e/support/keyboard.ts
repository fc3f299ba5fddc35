import type { Locator, Page } from 'playwright';
import { expect } from 'vitest';

/** More stops than any page has. */
const stopsAtMost = 250;

/** What a person sees of the focus: where it is, and what is wrong with it. */
interface Focus {
  on: string;
  lost: boolean;
  marked: boolean;
  inSight: boolean;
}

/** Runs in the page. A mark may be drawn on a card around a radio button; what covers a control hides its focus. */
function readFocus(): Focus {
  const element = document.activeElement;
  if (!element || element === document.body) return { on: 'nothing', lost: true, marked: false, inSight: false };
  const outlined = (one: Element | null): boolean => {
    if (!one) return false;
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
  };
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const x = (Math.max(left, 0) + Math.min(right, innerWidth)) / 2;
  const y = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2;
  const above = document.elementFromPoint(x, y);
  const cover = above?.closest('[data-shell], [data-action-bar]');
  return {
    on: element.outerHTML.slice(0, 200),
    lost: false,
    marked: outlined(element) || outlined(element.parentElement),
    inSight: above !== null && (!cover || cover.contains(element)),
  };
}

/** Where the focus is now; fails when it is nowhere. */
async function held(page: Page): Promise<Focus> {
  const focus = await page.evaluate(readFocus);
  expect(focus.lost, `the focus is lost on ${page.url()}`).toBe(false);
  return focus;
}

/** A person with a keyboard and nothing else. At every stop the focus has to be marked and in sight. */
export function keyboardOf(page: Page) {
  const { keyboard } = page;

  async function step(key: 'Tab' | 'Shift+Tab'): Promise<void> {
    await keyboard.press(key);
    const { on, marked, inSight } = await held(page);
    expect({ on, marked, inSight }, page.url()).toEqual({ on, marked: true, inSight: true });
  }

  /** Goes on until this has the focus. */
  async function to(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await target.waitFor({ state: 'attached' });
    for (let stops = 0; stops < stopsAtMost; stops += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await step(key);
    }
    throw new Error(`the keyboard does not reach ${String(target)} on ${page.url()}`);
  }

  return {
    step,
    to,
    press: (key: string): Promise<void> => keyboard.press(key),
    /** Goes to a field and types into it. */
    async type(target: Locator, text: string): Promise<void> {
      await to(target);
      await keyboard.type(text);
    },
    /** Goes to a link or button and presses it. */
    async enter(target: Locator): Promise<void> {
      await to(target);
      await keyboard.press('Enter');
    },
    /** After a link within the site: the new page's heading has the focus, so that reading goes on from there. */
    async arrives(address: RegExp): Promise<void> {
      await page.waitForURL(address);
      await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
    },
  };
}
