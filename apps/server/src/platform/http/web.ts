import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import staticPlugin from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { RequestHandler, ServerBuild } from 'react-router';
import type { Config } from '../config.ts';
import { answerPage, type PageParts } from './pages.ts';
import { acceptStream } from './bodies.ts';
import type { InsideCalls, ServerParts } from './server.ts';

const webFolder = path.resolve(import.meta.dirname, '../../../../web');
const clientFolder = path.join(webFolder, 'build/client');
const serverBuild = path.join(webFolder, 'build/server/index.js');

export type Mount = (app: FastifyInstance, parts: ServerParts, inside: InsideCalls) => Promise<void>;

/**
 * Puts the pages behind the API: the files of the web build, then everything else to React Router. With
 * `PLUMBLINE_WEB=dev` Vite builds each page as it is asked for; with `off` there are no pages.
 */
export function webMount({ web }: Config): Mount | undefined {
  if (web === 'off') return undefined;
  return web === 'dev' ? mountDevelopment : mountBuilt;
}

async function mountBuilt(app: FastifyInstance, parts: ServerParts, inside: InsideCalls): Promise<void> {
  if (!existsSync(serverBuild)) {
    throw new Error(`${serverBuild} is missing: build the web by \`npm run build -w @plumbline/web\` (npm start does)`);
  }
  const { createRequestHandler, build } = await withQuickReact(async () => ({
    ...(await import('react-router')),
    build: (await import(pathToFileURL(serverBuild).href)) as ServerBuild,
  }));
  await serveFiles(app);
  await catchAll(app, {
    ...parts,
    inside,
    build: async () => build,
    handleUnder: eachOnce((basename) => createRequestHandler(under(build, basename), 'production')),
  });
}

async function mountDevelopment(app: FastifyInstance, parts: ServerParts, inside: InsideCalls): Promise<void> {
  const { startVite } = await import('./dev-web.ts');
  await catchAll(app, { ...parts, inside, ...(await startVite(app, webFolder)) });
}

/**
 * React chooses by NODE_ENV, when it is loaded, between a quick half and one that explains mistakes and takes three times
 * as long. To us the same word says whether this is a demo, so it is said only for that moment.
 */
async function withQuickReact<T>(load: () => Promise<T>): Promise<T> {
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    return await load();
  } finally {
    if (before === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = before;
  }
}

/** The same pages with addresses that begin differently: links, redirects and data requests follow by themselves. */
const under = (build: ServerBuild, basename: string): ServerBuild => (basename ? { ...build, basename } : build);

/** There is a handful of basenames: one handler of each is made and kept. */
function eachOnce(make: (basename: string) => RequestHandler): (basename: string) => RequestHandler {
  const made = new Map<string, RequestHandler>();
  return (basename) => {
    const handle = made.get(basename) ?? make(basename);
    made.set(basename, handle);
    return handle;
  };
}

/** What the bundler named by its content never changes; the rest (icon, robots.txt) is asked for again each hour. */
async function serveFiles(app: FastifyInstance): Promise<void> {
  await app.register(async (scope) => {
    // Files need no session and count in no budget: a page has dozens of them.
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, plain: true };
    });
    await scope.register(staticPlugin, {
      root: path.join(clientFolder, 'assets'),
      prefix: '/assets/',
      immutable: true,
      maxAge: '365d',
      preCompressed: true,
      index: false,
    });
    for (const file of filesBesideAssets()) {
      scope.get(`/${file}`, { schema: { hide: true } }, (_request, reply) =>
        reply.sendFile(file, clientFolder, { maxAge: '1h', immutable: false }),
      );
    }
  });
}

function filesBesideAssets(): string[] {
  return readdirSync(clientFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(br|gz)$/.test(entry.name))
    .map((entry) => path.relative(clientFolder, path.join(entry.parentPath, entry.name)))
    .filter((file) => !file.startsWith('assets/') && !file.startsWith('.vite/'));
}

async function catchAll(app: FastifyInstance, parts: PageParts): Promise<void> {
  await app.register(async (scope) => {
    acceptStream(scope);
    scope.route({
      method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      url: '/*',
      schema: { hide: true },
      exposeHeadRoute: true,
      handler: (request, reply) => answerPage(parts, request, reply),
    });
  });
}
