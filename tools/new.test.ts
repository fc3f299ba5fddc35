import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newAdr } from './new/adr.ts';
import { newEvent } from './new/event.ts';
import { newModule } from './new/module.ts';
import { newRoute } from './new/route.ts';

const repository = path.resolve(import.meta.dirname, '..');
let root = '';
const text = (file: string) => readFileSync(path.join(root, file), 'utf8');

beforeAll(() => {
  // Inside the repository, so that the copy finds the same node_modules.
  mkdirSync(path.join(repository, '.cache'), { recursive: true });
  root = mkdtempSync(path.join(repository, '.cache', 'new-'));
  for (const file of [
    'module-map.json',
    'tsconfig.base.json',
    'docs/adr',
    'packages',
    'apps/server/src',
    'apps/server/tsconfig.json',
  ]) {
    cpSync(path.join(repository, file), path.join(root, file), {
      recursive: true,
      filter: (from) => !from.includes('node_modules'),
    });
  }
  const links = path.join(root, 'node_modules', '@plumbline');
  mkdirSync(links, { recursive: true });
  for (const name of ['money', 'domain', 'contracts', 'api-client', 'i18n', 'testkit', 'sandbox']) {
    symlinkSync(path.join(root, 'packages', name), path.join(links, name));
  }
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('npm run new', () => {
  it('makes a module at the top of the map that can only be made once', () => {
    newModule(root, ['praise', 'identity,booking']);
    const map = JSON.parse(text('module-map.json')) as Record<string, string[]>;
    expect(Object.entries(map).at(-1)).toEqual(['praise', ['identity', 'booking']]);
    expect(() => newModule(root, ['praise'])).toThrow('already');
    expect(() => newModule(root, ['other', 'nobody'])).toThrow('no such module: nobody');
    expect(() => newModule(root, ['Not A Word'])).toThrow('small letters');
  });

  it('adds routes to the contract and to the module', () => {
    writeFileSync(path.join(root, 'apps/server/src/modules/praise/service.ts'), '');
    newRoute(root, ['praise.give', 'POST', '/v1/bookings/:bookingId/praises', 'booking:view']);
    newRoute(root, ['praise.list_all', 'GET', '/v1/praises', 'public']);
    expect(() => newRoute(root, ['praise.give', 'POST', '/v1/x', 'public'])).toThrow('already');
    expect(() => newRoute(root, ['praise.late', 'FETCH', '/v1/x', 'public'])).toThrow('GET, POST');
    expect(() => newRoute(root, ['praise.late', 'GET', '/praises', 'public'])).toThrow('/v1/');
  });

  it('adds an event with its line in the README', () => {
    newEvent(root, ['praise.praise_given']);
    expect(text('apps/server/src/modules/praise/README.md')).toContain('`praise.praise_given`');
    expect(() => newEvent(root, ['praise.praise_given'])).toThrow('already');
  });

  it('writes code whose types hold', () => {
    const tsc = path.join(repository, 'node_modules', '.bin', 'tsc');
    const only = { extends: './tsconfig.json', include: ['src/modules/praise', '../../packages/contracts/src'] };
    writeFileSync(path.join(root, 'apps/server/tsconfig.new.json'), JSON.stringify(only));
    const { stdout } = spawnSync(process.execPath, [tsc, '-p', path.join(root, 'apps/server/tsconfig.new.json')], {
      encoding: 'utf8',
    });
    expect(stdout.split('\n').filter((line) => /praise|contracts\/src\/index/.test(line))).toEqual([]);
  }, 180_000);

  it('numbers a decision', () => {
    const said = newAdr(root, ['Notes are', 'kept']);
    const file = said.slice(0, said.indexOf(':'));
    expect(file).toMatch(/^docs\/adr\/\d{4}-notes-are-kept\.md$/);
    expect(existsSync(path.join(root, file))).toBe(true);
  });
});
