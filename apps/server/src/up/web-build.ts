import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { withLock } from './lock.ts';

const repository = path.resolve(import.meta.dirname, '../../../..');
const web = path.join(repository, 'apps/web');
const build = path.join(web, 'build');
const stampFile = path.join(build, 'stamp');

/** What the web bundle is made of. */
const sources = [
  'package-lock.json',
  'apps/web/package.json',
  'apps/web/vite.config.ts',
  'apps/web/react-router.config.ts',
  'apps/web/app',
  'apps/web/public',
  'packages/api-client/src',
  'packages/contracts/src',
  'packages/domain/src',
  'packages/i18n/src',
  'packages/money/src',
  'packages/tokens/src',
];

/** Builds the web when its sources have changed since the last build. Two processes may ask at once: one builds. */
export async function ensureWebBuild(progress: (line: string) => void): Promise<void> {
  if (isFresh()) return;
  await withLock(path.join(repository, 'node_modules/.plumbline-web-build'), async () => {
    if (isFresh()) return;
    progress('building the web (once; about 20 s)');
    const stamp = sourceStamp();
    await runBuild();
    await precompress(path.join(build, 'client'));
    writeFileSync(stampFile, stamp);
  });
}

function isFresh(): boolean {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === sourceStamp();
}

/** Names, sizes and times of all sources: reading them takes milliseconds, which a warm start has. */
function sourceStamp(): string {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const file of filesOf(path.join(repository, source))) {
      const { size, mtimeMs } = statSync(file);
      hash.update(`${path.relative(repository, file)}\0${size}\0${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

function filesOf(place: string): string[] {
  if (!existsSync(place)) return [];
  if (statSync(place).isFile()) return [place];
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted();
}

function runBuild(): Promise<void> {
  const program = createRequire(path.join(web, 'package.json')).resolve('@react-router/dev/package.json');
  const args = [path.join(path.dirname(program), 'bin.cjs'), 'build'];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: web,
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`The web did not build:\n${output}`));
    });
  });
}

const compressible = /\.(js|css|svg|json|txt|webmanifest)$/;
const gzipped = promisify(gzip);
const brotlied = promisify(brotliCompress);

/** Files are compressed once, here, instead of at each request. */
async function precompress(folder: string): Promise<void> {
  for (const file of filesOf(folder).filter((name) => compressible.test(name))) {
    const bytes = await readFile(file);
    if (bytes.length < 1024) continue;
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
    await writeFile(`${file}.gz`, await gzipped(bytes, { level: 9 }));
    await writeFile(`${file}.br`, await brotlied(bytes, quality));
  }
}
