import { execFile } from 'node:child_process';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

const root = path.resolve(import.meta.dirname, '../..');
const built = path.join(root, '.cache/storybook');

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

export interface StoryEntry {
  id: string;
  title: string;
  name: string;
  type: 'story' | 'docs';
  tags: string[];
}

declare module 'vitest' {
  export interface ProvidedContext {
    storybookUrl: string;
    stories: StoryEntry[];
  }
}

/** Serves a folder on loopback; a story that asks for anything else gets nothing. */
async function serve(folder: string): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    if (request.url === '/favicon.ico') {
      response.writeHead(204).end();
      return;
    }
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = path.join(folder, path.normalize(decodeURIComponent(pathname)));
    if (!file.startsWith(folder) || path.extname(file) === '' || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': types[path.extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** Builds the Storybook and serves it. STORYBOOK_BUILT=1 takes the one that is there: for work on the sweep. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (process.env['STORYBOOK_BUILT'] !== '1') {
    await promisify(execFile)('npm', ['run', 'storybook:build', '-w', 'apps/web'], { cwd: root, timeout: 110_000 });
  }
  const index = JSON.parse(readFileSync(path.join(built, 'index.json'), 'utf8')) as {
    entries: Record<string, StoryEntry>;
  };
  const { server, url } = await serve(built);
  project.provide('storybookUrl', url);
  project.provide(
    'stories',
    Object.values(index.entries).filter(({ type }) => type === 'story'),
  );
  return () =>
    new Promise((resolve, reject) => {
      server.closeAllConnections();
      server.close((error) => (error ? reject(error) : resolve()));
    });
}
