import { existsSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright';
import { afterAll, beforeAll, expect, inject } from 'vitest';

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The Chromium of this machine: CHROMIUM_PATH, or the first one on PATH. */
function chromiumPath(): string {
  const named = process.env['CHROMIUM_PATH'];
  const onPath = (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .flatMap((folder) => ['chromium', 'chromium-browser', 'google-chrome'].map((name) => path.join(folder, name)))
    .find((file) => existsSync(file));
  const found = named ?? onPath;
  if (!found) throw new Error('no Chromium: set CHROMIUM_PATH or install Debian’s package chromium');
  return found;
}

export interface Visitor {
  page: Page;
  /** Closes this person's browser window with its cookies. */
  leave(): Promise<void>;
}

/** One browser for a file of journeys; each visitor gets a window with cookies of their own. */
export function useBrowser() {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath(), args: flags });
  });
  afterAll(async () => {
    await browser?.close();
  });
  return {
    async visitor(options: BrowserContextOptions = {}): Promise<Visitor> {
      if (!browser) throw new Error('the browser is not open');
      const context = await browser.newContext({
        baseURL: inject('siteUrl'),
        locale: 'en-GB',
        timezoneId: 'Europe/London',
        viewport: { width: 390, height: 844 },
        ...options,
      });
      context.setDefaultTimeout(20_000);
      const page = await context.newPage();
      return { page, leave: () => context.close() };
    },
  };
}

/** Pins of a map may lie on each other: each has its twin in the list beside it (WCAG 2.5.8, equivalent control). */
const isPin = (rule: string, html: string): boolean => rule === 'target-size' && html.includes('data-pin');

/** Fails with the names of the rules that the page breaks (WCAG 2.0–2.2, A and AA). */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.filter((node) => !isPin(id, node.html)).map((node) => `${id}: ${node.html}`),
  );
  expect(found, `axe on ${page.url()}`).toEqual([]);
}
