import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright';
import { afterAll, beforeAll, inject } from 'vitest';
import { findChromium } from '../../tools/lib/chromium.mjs';

type Axe = typeof axe;
type Look = 'light' | 'dark' | 'right to left';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** A story is a part, not a page. */
const pageRules = ['page-has-heading-one', 'region', 'landmark-one-main', 'heading-order', 'landmark-unique'];

const desk = { width: 720, height: 640 };

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--font-render-hinting=none'];

/** Letters, carets and movements that a picture must not depend on. */
const still = `*, ::before, ::after { animation: none !important; transition: none !important; caret-color: transparent !important }
  .skeleton { opacity: 1 !important }`;

interface Channel {
  emit(event: string, value: unknown): void;
  once(event: string, listener: () => void): void;
}

interface Stage {
  page: Page;
  /** What the page complained of since it was last asked. */
  errors: string[];
}

async function openStage(browser: Browser): Promise<Stage> {
  const page = await browser.newPage({
    viewport: desk,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    reducedMotion: 'reduce',
    colorScheme: 'light',
  });
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.clock.setFixedTime('2026-12-01T10:00:00Z');
  const [first] = inject('stories');
  await page.goto(`${inject('storybookUrl')}/iframe.html?id=${first?.id ?? ''}&viewMode=story`);
  await page.locator('#storybook-root main > *').first().waitFor({ state: 'attached' });
  await page.addStyleTag({ content: still });
  await page.evaluate(axeSource);
  return { page, errors };
}

/** Storybook's own way from one story to another: what the last one left is unmounted. */
async function goTo(page: Page, id: string): Promise<void> {
  await page.setViewportSize(desk);
  await turn(page, 'light');
  await page.evaluate(async (id) => {
    const channel = (globalThis as unknown as { __STORYBOOK_ADDONS_CHANNEL__: Channel }).__STORYBOOK_ADDONS_CHANNEL__;
    const finished = new Promise<void>((resolve) => channel.once('storyFinished', resolve));
    const { href } = location;
    channel.emit('setCurrentStory', { storyId: id, viewMode: 'story' });
    if (!new URL(href).searchParams.get('id')?.endsWith(id)) await finished;
    await document.fonts.ready;
  }, id);
}

/** One browser for the sweep, and as many pages as stories are looked at at once. */
export function useStage() {
  let browser: Browser | undefined;
  const free: Stage[] = [];
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: await findChromium(), args: flags });
  });
  afterAll(async () => {
    await browser?.close();
  });

  /** Shows a story to `act`; `errors` is what its page complained of. */
  return async function show(id: string, act: (page: Page, errors: string[]) => Promise<void>): Promise<void> {
    if (!browser) throw new Error('the browser is not open');
    const stage = free.pop() ?? (await openStage(browser));
    stage.errors.length = 0;
    await goTo(stage.page, id);
    await act(stage.page, stage.errors);
    // A page whose story failed is left alone: the next one begins on a clean one.
    free.push(stage);
  };
}

/** Turns the page to another look by the attributes that the site uses. */
export async function turn(page: Page, look: Look): Promise<void> {
  await page.evaluate((look) => {
    document.documentElement.dataset['scheme'] = look === 'dark' ? 'dark' : 'light';
    document.documentElement.dir = look === 'right to left' ? 'rtl' : 'ltr';
  }, look);
}

/** What axe finds wrong, with the elements. */
export async function axeFaults(page: Page, look: Look): Promise<string[]> {
  const found = await page.evaluate(
    async ({ tags, pageRules }) => {
      const { axe } = globalThis as unknown as { axe: Axe };
      const { violations } = await axe.run(document, {
        resultTypes: ['violations'],
        runOnly: { type: 'tag', values: tags },
        rules: Object.fromEntries(pageRules.map((rule) => [rule, { enabled: false }])),
      });
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 300)}`));
    },
    { tags, pageRules },
  );
  return found.map((fault) => `${look}: ${fault}`);
}

const isTooWide = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1);

/**
 * True when the story makes the page scroll sideways (WCAG 1.4.10) and goes on doing so: what floats finds its new
 * place a moment after the window has changed.
 */
export async function scrollsSideways(page: Page): Promise<boolean> {
  for (let patience = 20; patience > 0; patience -= 1) {
    if (!(await isTooWide(page))) return false;
    await page.waitForTimeout(100);
  }
  return isTooWide(page);
}
