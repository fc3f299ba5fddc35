import type { FastifyInstance } from 'fastify';
import { testConfig, type Config } from '../config.ts';
import type { Ctx, PersonActor } from '../ctx.ts';
import { newId } from '../ids.ts';
import type { Module } from './module.ts';
import { buildServer } from './server.ts';

/** A customer as the session hook would bring one, for tests of the platform that know no module. */
export function buildActor(changes: Partial<PersonActor> = {}): PersonActor {
  return {
    kind: 'person',
    personId: newId(),
    name: 'Amira Khan',
    regionId: 'gb',
    sessionId: newId(),
    locale: 'en-GB',
    grants: [{ role: 'user', scope: { kind: 'self' }, sets: [] }],
    memberships: [],
    ...changes,
  };
}

/** A server with these modules alone, on a test's ctx. */
export function serverOf(ctx: Ctx, modules: Module[], changes: Partial<Config> = {}): Promise<FastifyInstance> {
  const { db, clock, log } = ctx;
  return buildServer({ config: testConfig(changes), db, clock, log, modules });
}

/** Headers of a signed-in person's browser on one of our pages; the probe modules take any token that they know. */
export const here = { 'sec-fetch-site': 'same-origin', cookie: 'sid=good' };
