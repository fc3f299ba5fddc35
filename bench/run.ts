import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { print, type Bench } from './lib/bench.ts';

// npm run bench -- NAME [options]: a table for people, then, last, one line of JSON.

const folder = import.meta.dirname;
const [name = '', ...args] = process.argv.slice(2);

const load = async (each: string) => ((await import(fileOf(each))) as { bench: Bench }).bench;
const fileOf = (each: string) => path.join(folder, each, 'bench.ts');
const names = () => readdirSync(folder).filter((each) => existsSync(fileOf(each)));

if (names().includes(name)) {
  const bench = await load(name);
  console.log(`${bench.about}\n`);
  print(name, await bench.run(args));
} else {
  console.error('npm run bench -- NAME, where NAME is one of:');
  for (const each of names()) console.error(`  ${each.padEnd(8)} ${(await load(each)).about}`);
  process.exitCode = 1;
}
