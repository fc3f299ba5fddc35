import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes as contract } from '@plumbline/contracts';
import type { Route } from '@plumbline/contracts/route';
import { adminSets, organisationSets, type Grant, type Membership } from '@plumbline/domain/access';
import type { PersonActor } from '../src/platform/ctx.ts';
import { newId } from '../src/platform/ids.ts';
import { allRoutes, openSite, ourPage, type Site } from './support/sweep.ts';

const routes = await allRoutes();

const self = (role: Grant['role']): Grant => ({ role, scope: { kind: 'self' }, sets: [] });

function actor(grants: Grant[], memberships: Membership[] = []): PersonActor {
  return {
    kind: 'person',
    personId: newId(),
    name: 'Somebody',
    regionId: 'gb',
    sessionId: newId(),
    locale: 'en-GB',
    grants,
    memberships,
  };
}

const member = (kind: Membership['kind'], set: Membership['sets'][number]): [string, PersonActor] => [
  `${kind} ${set}`,
  actor([self(kind)], [{ organisationId: newId(), kind, sets: [set] }]),
];

/** Every kind of person there is, each with one set alone. */
const people = new Map<string, PersonActor>([
  ['user', actor([self('user')])],
  ['serviceman', actor([self('serviceman')])],
  ...organisationSets.map((set) => member('provider', set)),
  ...organisationSets.map((set) => member('enterprise', set)),
  ...adminSets.map((set): [string, PersonActor] => [
    `admin ${set}`,
    actor([{ role: 'admin', scope: { kind: 'platform' }, sets: [set] }]),
  ]),
]);

let site: Site;
beforeAll(async () => {
  site = await openSite({ people });
});
afterAll(() => site.close());

/** What the door says: `in`, or the code with which it turns the caller away. */
async function door(route: Route, name: string | undefined): Promise<'in' | '401' | '403'> {
  const path = route.path.replace(':regionId', 'gb').replaceAll(/:[a-zA-Z]+/g, newId());
  const cookie = name === undefined ? {} : { cookie: `sid=${encodeURIComponent(name)}` };
  const reply = await site.app.inject({ method: route.method, url: path, headers: { ...ourPage, ...cookie } });
  if (reply.statusCode < 400) return 'in';
  const problem = reply.json<{ code: string; permission?: string }>();
  // To a known person only a module's own look-up says so: these people are in no table.
  if (problem.code === 'access.sign_in_required') return name !== undefined && people.has(name) ? 'in' : '401';
  // A rule of the module may refuse as well; the door names the permission that it asked for.
  return problem.code === 'access.forbidden' && problem.permission === route.permission ? '403' : 'in';
}

describe('the door of every route', () => {
  it('lets in whom the matrix says', async () => {
    const names = [...people.keys()];
    const lines: string[] = [];
    for (const route of routes.filter(({ rawBody }) => !rawBody)) {
      const inside: string[] = [];
      for (const name of names) if ((await door(route, name)) === 'in') inside.push(name);
      const everybody = inside.length === names.length;
      const anonymous = (await door(route, undefined)) === 'in' ? 'anybody' : undefined;
      lines.push(`${route.name} (${route.permission}): ${anonymous ?? (everybody ? 'signed in' : inside.join(', '))}`);
    }
    // A change of who may do what shows in review as a change of this file.
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('./access-matrix.txt');
  });

  it('asks an unknown caller to sign in, unless the route is public', async () => {
    for (const route of routes.filter(({ rawBody }) => !rawBody)) {
      const answers = [await door(route, undefined), await door(route, 'nobody of these')];
      const wanted = route.permission === 'public' ? 'in' : '401';
      expect(answers, route.name).toEqual([wanted, wanted]);
    }
  });

  it('is open to the public only where that is meant', () => {
    const open = routes.filter(({ permission }) => permission === 'public').map(({ name }) => name);
    expect(`${open.join('\n')}\n`).toMatchSnapshot();
  });
});

describe('the contract', () => {
  it('has a handler for each route, and no handler is without a contract', () => {
    const written = Object.values<Record<string, Route>>(contract).flatMap((each) => Object.values(each));
    const names = written.map(({ name }) => name).toSorted();
    expect(routes.map(({ name }) => name)).toEqual(names);
  });
});
