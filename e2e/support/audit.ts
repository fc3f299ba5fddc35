import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright';
import type axe from 'axe-core';
import { expect } from 'vitest';

type Axe = typeof axe;

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** WCAG 2.0–2.2, A and AA, and what axe calls good practice. */
const everyRule = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The rules whose answer depends on colours and on places in the window. */
const looks = ['color-contrast', 'target-size'];

/** Pins of a map may lie on each other: each has its twin in the list beside it (WCAG 2.5.8, equivalent control). */
const isPin = (rule: string, html: string): boolean => rule === 'target-size' && html.includes('data-pin');

async function faultsOf(page: Page, look: string, only: 'everything' | 'looks'): Promise<string[]> {
  // Evaluated, not added as a script: the page's own policy rightly forbids foreign scripts.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source);
  const found = await page.evaluate(
    async ({ tags, rules }) => {
      const { axe: tool } = globalThis as unknown as { axe: Axe };
      const { violations } = await tool.run(document, {
        resultTypes: ['violations'],
        ...(rules
          ? { runOnly: { type: 'rule', values: rules } }
          : {
              runOnly: { type: 'tag', values: tags },
              rules: { 'label-content-name-mismatch': { enabled: true } },
            }),
      });
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => ({ id, html })));
    },
    { tags: everyRule, rules: only === 'looks' ? looks : null },
  );
  return found.filter(({ id, html }) => !isPin(id, html)).map(({ id, html }) => `${look}: ${id}: ${html}`);
}

/** Fails with the names of the rules that the page breaks as it stands there now. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await faultsOf(page, 'now', 'everything'), `axe on ${page.url()}`).toEqual([]);
}

const phone = { width: 390, height: 844 };

/** A window as high as the page: what stays at its edge (the dock, an action bar) then covers nothing. */
async function resize(page: Page, width: number): Promise<void> {
  let height = phone.height;
  // A page can grow when it is given room: then once more.
  for (let tries = 0; tries < 4; tries += 1) {
    await page.setViewportSize({ width, height });
    const needed = await page.evaluate(heightAtRest);
    if (needed <= height) return;
    height = needed;
  }
}

/** Runs in the page: its height when nothing has changed it for a while. A map arrives only when there is room for it. */
async function heightAtRest(): Promise<number> {
  const root = document.documentElement;
  for (let [seen, still] = [-1, 0]; still < 5; still = root.scrollHeight === seen ? still + 1 : 0) {
    seen = root.scrollHeight;
    await new Promise((later) => setTimeout(later, 100));
  }
  return root.scrollHeight;
}

/** Colours are read when they have arrived, never in the middle of their change. */
async function colour(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.evaluate(async () => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
  });
}

/** Every look that a page has: narrow and wide, light and dark, right to left; and what must not scroll sideways. */
export async function expectGoodInEveryLook(page: Page): Promise<void> {
  const before = page.viewportSize() ?? phone;
  const faults: string[] = [];
  for (const width of [390, 1280]) {
    await resize(page, width);
    await colour(page, 'light');
    faults.push(...(await faultsOf(page, `light, ${width}`, 'everything')));
    await colour(page, 'dark');
    faults.push(...(await faultsOf(page, `dark, ${width}`, 'looks')));
  }
  faults.push(...(await rightToLeftFaults(page)));
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  faults.push(...(await overflowAt(page, 360, '')));
  for (const width of [390, 1280]) faults.push(...(await overflowAt(page, width, '200%')));
  await page.setViewportSize(before);
  expect(faults, page.url()).toEqual([]);
}

async function rightToLeftFaults(page: Page): Promise<string[]> {
  await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
  const wide = await overflowAt(page, 1280, '');
  const narrow = await overflowAt(page, 390, '');
  await resize(page, 390);
  const faults = await faultsOf(page, 'right to left', 'looks');
  await page.evaluate(() => document.documentElement.setAttribute('dir', 'ltr'));
  return [...wide, ...narrow].map((fault) => `right to left, ${fault}`).concat(faults);
}

/** WCAG 1.4.4 and 1.4.10: nobody has to scroll in two directions to read. */
async function overflowAt(page: Page, width: number, textSize: string): Promise<string[]> {
  await page.setViewportSize({ width, height: phone.height });
  const guilty = await page.evaluate(widerThanThePage, textSize);
  return guilty.map((element) => `sideways at ${width} px ${textSize}: ${element}`);
}

/** Runs in the page: what makes it scroll sideways, the innermost first. */
function widerThanThePage(textSize: string): string[] {
  const root = document.documentElement;
  root.style.fontSize = textSize;
  const { clientWidth, scrollWidth } = root;
  const sticksOut = (element: Element): boolean => {
    const { left, right } = element.getBoundingClientRect();
    return right > clientWidth + 1 || left < -1;
  };
  const guilty =
    scrollWidth > clientWidth
      ? [...document.body.querySelectorAll('*')]
          .filter(sticksOut)
          .toReversed()
          .slice(0, 3)
          .map((element) => `${scrollWidth - clientWidth} px too wide: ${element.outerHTML.slice(0, 160)}`)
      : [];
  root.style.fontSize = '';
  return scrollWidth > clientWidth && guilty.length === 0 ? ['the page'] : guilty;
}
