import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { forEachDatabase } from '../../../test/support/databases.ts';
import { hasCode } from '../../kernel/index.ts';
import { registryMigrations } from '../migrations.ts';
import type { Action, Identity } from '../types.ts';
import { createPolicy, type PolicyOptions } from './policy.ts';
import { createRobots } from './robots.ts';

forEachDatabase((_, open) => {
  describe('createRobots()', () => {
    const right = { pattern: 'openshift/*', actions: ['pull'] as const };

    test('find() gives a robot for its name and secret, until it ends or is revoked', async () => {
      let now = 1_000;
      const robots = createRobots({ db: await open(registryMigrations), clock: { now: () => now } });
      const { secret, id } = await robots.create({ name: 'kubelet', rights: [right], expiresAt: 5_000 });
      assert.match(secret, /^hfr_[\w-]{43}$/);
      assert.equal((await robots.find('kubelet', secret))?.id, id);
      assert.equal(await robots.find('kubelet', secret.slice(0, -1)), undefined);
      assert.equal(await robots.find('other', secret), undefined);
      const [listed] = await robots.list();
      assert.deepEqual(listed?.rights, [right]);
      assert.equal(listed?.lastUsedAt, 1_000);
      assert.equal(JSON.stringify(await robots.list()).includes(secret), false);
      now = 5_000;
      assert.equal(await robots.find('kubelet', secret), undefined);
      const lasting = await robots.create({ name: 'ci', rights: [right] });
      await robots.revoke('ci');
      assert.equal(await robots.find('ci', lasting.secret), undefined);
    });

    test('create() refuses names, patterns and times that make no sense, and names that are taken', async () => {
      const robots = createRobots({ db: await open(registryMigrations), clock: { now: () => 9 } });
      const create = (fields: object) => robots.create({ name: 'a', rights: [right], ...fields });
      for (const [fields, code] of [
        [{ name: 'A' }, 'badRobotName'],
        [{ name: '' }, 'badRobotName'],
        [{ rights: [] }, 'noRights'],
        [{ rights: [{ pattern: 'a/**', actions: ['pull'] }] }, 'badPattern'],
        [{ rights: [{ pattern: '*/a', actions: ['pull'] }] }, 'badPattern'],
        [{ expiresAt: 9 }, 'badExpiry'],
      ] as const)
        await assert.rejects(create(fields), (error) => hasCode(error, `registry.${code}`), code);
      await create({});
      await assert.rejects(create({}), (error) => hasCode(error, 'registry.robotTaken'));
      await assert.rejects(robots.revoke('b'), (error) => hasCode(error, 'registry.noRobot'));
    });
  });
});

describe('createPolicy()', () => {
  const closed = { openOnLoopback: false, anonymousPull: false, readOnly: false };
  const local: Identity = { kind: 'anonymous', local: true };
  const remote: Identity = { kind: 'anonymous', local: false };
  const user: Identity = { kind: 'user', name: 'u' };
  const robotOf = (pattern: string, ...actions: Action[]): Identity => ({
    kind: 'robot',
    name: 'r',
    rights: [{ pattern, actions }],
  });
  const may = (options: Partial<PolicyOptions>, identity: Identity, repository = 'a/b') => {
    const policy = createPolicy({ ...closed, ...options });
    return (['pull', 'push', 'delete'] as const).filter((it) => policy.decide(identity, repository, it));
  };

  test('what people saved is for those who log in, and pushed to by nobody', () => {
    const open = { openOnLoopback: true, anonymousPull: true, saved: 'snapshots' };
    for (const repository of ['snapshots', 'snapshots/0a1b']) {
      assert.deepEqual(may(open, remote, repository), []);
      assert.deepEqual(may(open, local, repository), ['pull']);
      assert.deepEqual(may(open, user, repository), ['pull']);
      assert.deepEqual(may(open, robotOf('*', 'pull', 'push', 'delete'), repository), ['pull']);
    }
    assert.deepEqual(may(open, remote, 'snapshotsb'), ['pull']);
  });

  test('nobody without a login may do anything unless an option says so', () => {
    assert.deepEqual(may({}, local), []);
    assert.deepEqual(may({}, remote), []);
    assert.deepEqual(may({ openOnLoopback: true }, remote), []);
    assert.deepEqual(may({ openOnLoopback: true }, local), ['pull', 'push']);
    assert.deepEqual(may({ anonymousPull: true }, remote), ['pull']);
  });

  test('users may do everything, unless all is read-only', () => {
    assert.deepEqual(may({}, user), ['pull', 'push', 'delete']);
    assert.deepEqual(may({ readOnly: true }, user), ['pull']);
    assert.deepEqual(may({ readOnly: true, openOnLoopback: true }, local), ['pull']);
  });

  test('robots may do what they were given, in the repositories of their patterns', () => {
    assert.deepEqual(may({}, robotOf('a/*', 'pull')), ['pull']);
    assert.deepEqual(may({}, robotOf('a/*', 'push')), ['pull', 'push']);
    assert.deepEqual(may({}, robotOf('a/*', 'push'), 'a'), []);
    assert.deepEqual(may({}, robotOf('a/*', 'push'), 'ab/c'), []);
    assert.deepEqual(may({}, robotOf('a/b', 'delete')), ['delete']);
    assert.deepEqual(may({}, robotOf('a/b', 'delete'), 'a/b/c'), []);
    assert.deepEqual(may({}, robotOf('*', 'pull'), 'any/thing'), ['pull']);
  });
});
