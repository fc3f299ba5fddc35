import { describe, expect, it } from 'vitest';
import { permissionsOf } from '@plumbline/domain/access';
import { isRefusal } from '../../platform/errors.ts';
import { dbTest } from '../../platform/testing.ts';
import { buildMember, buildProvider, buildUser } from './fixtures.ts';
import * as identity from './service.ts';
import * as sessions from './session/service.ts';

const t = dbTest();
const password = 'a rather long one';

const form = (over: Partial<Parameters<typeof identity.signUp>[1]> = {}) => ({
  role: 'user' as const,
  regionId: 'gb',
  name: 'Amira Khan',
  email: 'amira@example.test',
  password,
  ...over,
});

const refusal = async (act: Promise<unknown>) => {
  const error: unknown = await act.then(
    () => undefined,
    (error: unknown) => error,
  );
  return isRefusal(error) ? error.code : error;
};

describe('signing up', () => {
  it('opens a session that carries the role and nothing more', async () => {
    const opened = await identity.signUp(t.ctx(), form(), 'test');
    const actor = await sessions.authenticate(t.ctx(), opened.token);
    expect(actor).toMatchObject({ kind: 'person', name: 'Amira Khan', regionId: 'gb', memberships: [] });
    expect(actor?.grants).toEqual([{ role: 'user', scope: { kind: 'self' }, sets: [] }]);
    expect([...permissionsOf(actor?.grants ?? [], [])]).not.toContain('ops:view');
  });

  it('founds the provider’s organisation with its owner', async () => {
    const opened = await identity.signUp(
      t.ctx(),
      form({ role: 'provider', organisationName: 'Café Bôa & Sons' }),
      'test',
    );
    const actor = await sessions.authenticate(t.ctx(), opened.token);
    expect(actor?.memberships).toMatchObject([{ kind: 'provider', sets: ['owner'] }]);
    expect(await identity.organisationBySlug(t.ctx(), 'cafe-boa-sons')).toMatchObject({ name: 'Café Bôa & Sons' });
  });

  it('gives a lone serviceman an organisation of one, named like them', async () => {
    await identity.signUp(t.ctx(), form({ role: 'serviceman', name: 'Tom Baker' }), 'test');
    expect(await identity.organisationBySlug(t.ctx(), 'tom-baker')).toMatchObject({ kind: 'provider' });
  });

  it('refuses an e-mail that is taken, in any case of its letters', async () => {
    await identity.signUp(t.ctx(), form(), 'test');
    expect(await refusal(identity.signUp(t.ctx(), form({ email: ' Amira@Example.test' }), 'test'))).toBe(
      'identity.email_taken',
    );
  });

  it('refuses a short password and a provider without a name', async () => {
    expect(await refusal(identity.signUp(t.ctx(), form({ password: 'short' }), 'test'))).toBe(
      'identity.password_too_short',
    );
    expect(await refusal(identity.signUp(t.ctx(), form({ role: 'provider' }), 'test'))).toBe(
      'identity.organisation_name_missing',
    );
  });
});

describe('signing in', () => {
  it('opens a session for the right password only', async () => {
    await identity.signUp(t.ctx(), form(), 'test');
    const opened = await identity.signIn(t.ctx(), 'AMIRA@example.test', password, 'test');
    expect(await sessions.authenticate(t.ctx(), opened.token)).toBeDefined();
    expect(await refusal(identity.signIn(t.ctx(), 'amira@example.test', 'not that one', 'test'))).toBe(
      'identity.wrong_credentials',
    );
    expect(await refusal(identity.signIn(t.ctx(), 'nobody@example.test', password, 'test'))).toBe(
      'identity.wrong_credentials',
    );
  });

  it('closes the door for a while after five wrong passwords, also to the right one', async () => {
    await identity.signUp(t.ctx(), form(), 'test');
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await refusal(identity.signIn(t.ctx(), 'amira@example.test', 'not that one', 'test'));
    }
    expect(await refusal(identity.signIn(t.ctx(), 'amira@example.test', password, 'test'))).toBe(
      'request.rate_limited',
    );
  });

  it('ends a session at once, and only one’s own', async () => {
    const opened = await identity.signUp(t.ctx(), form(), 'test');
    const actor = await sessions.authenticate(t.ctx(), opened.token);
    const stranger = await buildUser(t.ctx());
    expect(await sessions.end(t.ctx(), stranger.personId, opened.sessionId)).toBe(false);
    expect(await sessions.end(t.ctx(), actor?.personId ?? '', opened.sessionId)).toBe(true);
    expect(await sessions.authenticate(t.ctx(), opened.token)).toBeUndefined();
  });

  it.each(['', '.', 'x.y', '00000000-0000-7000-8000-000000000000.secret'])('knows nobody behind %j', async (token) => {
    expect(await sessions.authenticate(t.ctx(), token)).toBeUndefined();
  });

  it('knows nobody behind the right session with a wrong secret', async () => {
    const opened = await identity.signUp(t.ctx(), form(), 'test');
    expect(await sessions.authenticate(t.ctx(), `${opened.sessionId}.wrong`)).toBeUndefined();
  });
});

describe('members of an organisation', () => {
  it('are added by managers; owners only by owners', async () => {
    const { organisationId, owner } = await buildProvider(t.ctx());
    const manager = await buildMember(t.ctx(), organisationId, ['manager'], 'Max');
    await identity.signUp(t.ctx(), form({ email: 'tom@example.test', name: 'Tom Baker' }), 'test');
    expect(await refusal(identity.addMember(t.ctx(manager), organisationId, 'tom@example.test', ['owner']))).toBe(
      'access.forbidden',
    );
    const member = await identity.addMember(t.ctx(owner), organisationId, 'tom@example.test', ['member']);
    expect(member).toMatchObject({ name: 'Tom Baker', sets: ['member'] });
    expect(await refusal(identity.addMember(t.ctx(owner), organisationId, 'tom@example.test', ['member']))).toBe(
      'identity.already_member',
    );
  });

  it('are not shown to strangers', async () => {
    const { organisationId } = await buildProvider(t.ctx());
    const stranger = await buildUser(t.ctx());
    expect(await refusal(identity.members(t.ctx(stranger), organisationId))).toBe('access.not_found');
  });
});
