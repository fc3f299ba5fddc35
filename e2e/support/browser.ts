import { existsSync } from 'node:fs';
import path from 'node:path';
import { cast, demoPassword, type CastName } from '@plumbline/testkit/cast';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright';
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

export const desk: BrowserContextOptions = { viewport: { width: 1280, height: 900 } };

/** Where this person's cookies lie: everybody signs in once for all journeys. */
const sessionFile = (who: CastName): string => path.join(inject('sessions'), `${who}.json`);

async function signedIn(context: BrowserContext, who: CastName): Promise<void> {
  const answer = await context.request.post('/v1/sessions', {
    data: { email: cast[who].email, password: demoPassword },
    headers: { origin: inject('siteUrl') },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  await context.storageState({ path: sessionFile(who) });
}

/** One browser for a file of journeys; each visitor gets a window with cookies of their own. A phone, unless said otherwise. */
export function useBrowser() {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath(), args: flags });
  });
  afterAll(async () => {
    await browser?.close();
  });

  async function open(options: BrowserContextOptions): Promise<BrowserContext> {
    if (!browser) throw new Error('the browser is not open');
    const context = await browser.newContext({
      baseURL: inject('siteUrl'),
      locale: 'en-GB',
      timezoneId: 'Europe/London',
      viewport: { width: 390, height: 844 },
      ...options,
    });
    context.setDefaultTimeout(20_000);
    return context;
  }

  const visitorIn = async (context: BrowserContext): Promise<Visitor> => ({
    page: await context.newPage(),
    leave: () => context.close(),
  });

  return {
    /** Somebody whom the site does not know. */
    visitor: async (options: BrowserContextOptions = {}): Promise<Visitor> => visitorIn(await open(options)),
    /** A member of the cast, signed in. */
    async person(who: CastName, options: BrowserContextOptions = {}): Promise<Visitor> {
      const known = existsSync(sessionFile(who));
      const context = await open({ ...options, ...(known && { storageState: sessionFile(who) }) });
      if (!known) await signedIn(context, who);
      return visitorIn(context);
    },
  };
}
