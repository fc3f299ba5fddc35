import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

const baseline = path.join(import.meta.dirname, 'baseline');
const seen = path.resolve(import.meta.dirname, '../../.cache/stories');

/** A pixel that differs by more than this counts (0–1, in the YIQ space of pixelmatch). */
const tolerance = 0.15;
/** Share of pixels that may differ: another edition of Chromium smooths letters a little differently. */
const mayDiffer = 0.01;

/**
 * Compares a picture with the reviewed one. Answers what differs, nothing when they are alike. With
 * `BASELINE=update` it becomes the reviewed one: look at it before you commit it.
 */
export function differenceFromBaseline(name: string, picture: Buffer): string | undefined {
  const file = path.join(baseline, `${name}.png`);
  if (process.env['BASELINE'] === 'update') {
    mkdirSync(baseline, { recursive: true });
    writeFileSync(file, picture);
    return undefined;
  }
  if (!existsSync(file)) return `no reviewed picture ${path.basename(file)}: BASELINE=update makes it`;
  const before = PNG.sync.read(readFileSync(file));
  const now = PNG.sync.read(picture);
  if (before.width !== now.width || before.height !== now.height) {
    return `${keep(name, 'now', picture)}: ${now.width}×${now.height}, reviewed ${before.width}×${before.height}`;
  }
  const changes = new PNG({ width: now.width, height: now.height });
  const count = pixelmatch(before.data, now.data, changes.data, now.width, now.height, { threshold: tolerance });
  const share = count / (now.width * now.height);
  if (share <= mayDiffer) return undefined;
  keep(name, 'now', picture);
  return `${keep(name, 'changes', PNG.sync.write(changes))}: ${(share * 100).toFixed(2)} % of its pixels changed`;
}

/** Leaves a picture where people can look at it. */
function keep(name: string, what: string, picture: Buffer): string {
  mkdirSync(seen, { recursive: true });
  const file = path.join(seen, `${name}.${what}.png`);
  writeFileSync(file, picture);
  return file;
}
