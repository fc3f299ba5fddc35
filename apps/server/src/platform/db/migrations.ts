import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, existsSync } from 'node:fs';
import path from 'node:path';

/** One step of the schema: SQL there, and SQL back again. */
export interface Migration {
  /** `<module>/<number>_<what>`, for example `booking/0001_bookings`. */
  name: string;
  up: string;
  /** Undefined where nobody has written the way back yet; the tidy test fails on that. */
  down: string | undefined;
  checksum: string;
}

const sourceFolder = path.resolve(import.meta.dirname, '../..');
const mapFile = path.resolve(sourceFolder, '../../../module-map.json');

/** Modules from the bottom of the map to its top; a foreign key may only point down it. */
export function mapOrder(file: string = mapFile): string[] {
  const map: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof map !== 'object' || map === null) throw new Error(`${file} is not an object`);
  return Object.keys(map).filter((name) => !name.startsWith('$'));
}

/**
 * The migrations in the order in which an empty database gets them: the platform's first, then by the map. All
 * modules unless told which.
 */
export function readMigrations(only: string[] = mapOrder()): Migration[] {
  const chosen = mapOrder().filter((name) => only.includes(name));
  const modules = chosen.map((name) => ({ name, folder: path.join(sourceFolder, 'modules', name) }));
  const owners = [{ name: 'platform', folder: path.join(sourceFolder, 'platform') }, ...modules];
  return owners.flatMap(({ name, folder }) => readFolder(name, path.join(folder, 'migrations')));
}

function readFolder(owner: string, folder: string): Migration[] {
  if (!existsSync(folder)) return [];
  const ups = readdirSync(folder).filter((file) => file.endsWith('.up.sql'));
  return ups.toSorted().map((file) => readMigration(owner, folder, file.slice(0, -'.up.sql'.length)));
}

function readMigration(owner: string, folder: string, base: string): Migration {
  if (!/^\d{4}_[a-z0-9_]+$/.test(base)) throw new Error(`${folder}/${base}: call it 0001_what_it_adds`);
  const up = readFileSync(path.join(folder, `${base}.up.sql`), 'utf8');
  const back = path.join(folder, `${base}.down.sql`);
  const down = existsSync(back) ? readFileSync(back, 'utf8') : undefined;
  return { name: `${owner}/${base}`, up, down, checksum: createHash('sha256').update(up).digest('hex') };
}
