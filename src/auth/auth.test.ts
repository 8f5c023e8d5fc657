import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { countQueries, forEachDatabase, type OpenTestDatabase } from '../../test/support/databases.ts';
import { hasCode } from '../kernel/index.ts';
import { createAuth } from './auth.ts';
import { authMigrations } from './migrations.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-auth-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const day = 24 * 60 * 60_000;
const password = 'correct horse battery';
const ann = { name: 'ann', password, address: '10.0.0.1' };
const code = (expected: string) => (error: unknown) => hasCode(error, expected);

async function harness(open: OpenTestDatabase) {
  const db = await open(authMigrations);
  const dataDir = mkdtempSync(join(folder, 'data-'));
  let now = Date.UTC(2026, 0, 1);
  const clock = { now: () => now };
  const auth = createAuth({ db, clock, dataDir });
  const rows = async (table: string) =>
    JSON.stringify(
      await db
        .query<Record<string, object>>()
        .selectFrom(table as never)
        .selectAll()
        .execute(),
    );
  return { auth, db, dataDir, clock, rows, wait: (ms: number) => (now += ms) };
}

forEachDatabase((_, open) => {
  test('setUp() makes the administrator once, with the code from the file, and deletes the file', async () => {
    const { auth, dataDir } = await harness(open);
    assert.equal(await auth.needsSetup(), true);
    const path = await auth.prepareSetup();
    assert.equal(path, join(dataDir, 'setup-code'));
    assert.equal(statSync(path).mode & 0o777, 0o600);
    const setupCode = readFileSync(path, 'utf8').trim();
    assert.equal(await auth.prepareSetup(), path);
    assert.equal(readFileSync(path, 'utf8').trim(), setupCode);

    await assert.rejects(auth.setUp('', ann), code('auth.badSetupCode'));
    await assert.rejects(auth.setUp(`${setupCode}x`, ann), code('auth.badSetupCode'));
    await assert.rejects(auth.setUp(setupCode, { ...ann, password: 'short' }), code('auth.badPassword'));
    assert.equal(await auth.needsSetup(), true);

    const session = await auth.setUp(setupCode, ann);
    assert.deepEqual([session.user.name, session.user.role], ['ann', 'administrator']);
    assert.equal((await auth.findSession(session.secret))?.user.id, session.user.id);
    assert.equal(existsSync(path), false);
    assert.equal(await auth.needsSetup(), false);
    assert.equal(await auth.prepareSetup(), undefined);
    assert.equal(existsSync(path), false);
    await assert.rejects(auth.setUp(setupCode, { ...ann, name: 'eve' }), code('auth.setupDone'));
  });

  test('setUp() lets one of two win who come at the same moment', async () => {
    const { auth } = await harness(open);
    const setupCode = readFileSync((await auth.prepareSetup())!, 'utf8');
    const outcomes = await Promise.allSettled(
      ['ann', 'eve'].map((name) => auth.setUp(setupCode, { ...ann, name })),
    );
    assert.deepEqual(outcomes.map((outcome) => outcome.status).sort(), ['fulfilled', 'rejected']);
    assert.equal((await auth.listUsers()).length, 1);
  });

  test('setUp() without a code file refuses every code', async () => {
    const { auth } = await harness(open);
    for (const guess of ['', 'undefined'])
      await assert.rejects(auth.setUp(guess, ann), code('auth.badSetupCode'));
  });

  test('createUser() closes the setup and refuses names that exist in another letter case', async () => {
    const { auth } = await harness(open);
    await auth.createUser({ name: '王小明', password, role: 'member' });
    await auth.createUser({ name: 'Ann', password, role: 'administrator' });
    assert.equal(await auth.needsSetup(), false);
    await assert.rejects(auth.createUser({ name: 'ANN', password, role: 'member' }), code('auth.nameTaken'));
    for (const name of ['', ' ann', 'a b', '<script>', 'x'.repeat(65), 'a\n'])
      await assert.rejects(auth.createUser({ name, password, role: 'member' }), code('auth.badName'), name);
    assert.deepEqual(
      (await auth.listUsers()).map((user) => [user.name, user.role]),
      [
        ['Ann', 'administrator'],
        ['王小明', 'member'],
      ],
    );
  });

  test('logIn() says the same of an unknown name and of a wrong password', async () => {
    const { auth } = await harness(open);
    await auth.createUser({ name: 'ann', password, role: 'member' });
    const told: string[] = [];
    for (const wrong of [
      { ...ann, password: 'wrong' },
      { ...ann, name: 'nobody' },
    ])
      await assert.rejects(auth.logIn(wrong), (error) => {
        assert.ok(hasCode(error, 'auth.badCredentials'));
        told.push(JSON.stringify([error.message, error.details]));
        return true;
      });
    assert.equal(told[0], told[1]);
    assert.equal((await auth.logIn({ ...ann, name: 'ANN' })).user.name, 'ann');
  });

  test('logIn() throttles guesses, also of names that nobody has, before it looks at the password', async () => {
    const { auth } = await harness(open);
    for (let i = 0; i < 6; i++)
      await assert.rejects(auth.logIn({ ...ann, password: 'wrong' }), code('auth.badCredentials'));
    await assert.rejects(auth.logIn(ann), code('auth.throttled'));
  });

  test('logIn() brings an old hash to the costs of today', async () => {
    const { auth, db, rows } = await harness(open);
    await auth.createUser({ name: 'ann', password, role: 'member' });
    // m=8, t=1: of "correct horse battery".
    const { argon2Sync } = await import('node:crypto');
    const nonce = Buffer.from('0123456789abcdef');
    const tag = argon2Sync('argon2id', {
      message: password,
      nonce,
      parallelism: 1,
      tagLength: 32,
      memory: 8,
      passes: 1,
    });
    const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replace(/=+$/, '');
    await db
      .query<{ auth_users: { password_hash: string } }>()
      .updateTable('auth_users')
      .set({ password_hash: `$argon2id$v=19$m=8,t=1,p=1$${base64(nonce)}$${base64(tag)}` })
      .execute();
    await auth.logIn(ann);
    assert.match(await rows('auth_users'), /m=19456,t=2,p=1/);
    await auth.logIn(ann);
  });

  test('a session slides while it is used, ends when it is idle and ends for good after 90 days', async () => {
    const { auth, wait } = await harness(open);
    await auth.createUser({ name: 'ann', password, role: 'member' });
    const idle = await auth.logIn(ann);
    wait(14 * day);
    assert.equal(await auth.findSession(idle.secret), undefined);

    const used = await auth.logIn(ann);
    for (let i = 0; i < 8; i++) {
      wait(10 * day);
      assert.ok(await auth.findSession(used.secret), `after ${(i + 1) * 10} days`);
    }
    wait(10 * day);
    assert.equal(await auth.findSession(used.secret), undefined);
  });

  test('finding a session costs one query, and a write at most once an hour', async () => {
    const { auth, db, dataDir, clock, wait } = await harness(open);
    await auth.createUser({ name: 'ann', password, role: 'member' });
    const { secret } = await auth.logIn(ann);
    const cost = () =>
      countQueries(db, (counted) => createAuth({ db: counted, clock, dataDir }).findSession(secret));
    assert.equal(await cost(), 1);
    wait(60 * 60_000);
    assert.equal(await cost(), 2);
    assert.equal(await cost(), 1);
  });

  test('logging out and a new password end sessions', async () => {
    const { auth } = await harness(open);
    await auth.createUser({ name: 'ann', password, role: 'member' });
    const [one, two, three] = [await auth.logIn(ann), await auth.logIn(ann), await auth.logIn(ann)];
    await auth.logOut(one.secret);
    assert.equal(await auth.findSession(one.secret), undefined);
    assert.ok(await auth.findSession(two.secret));
    await auth.setPassword('Ann', 'another long sentence');
    assert.equal(await auth.findSession(two.secret), undefined);
    assert.equal(await auth.findSession(three.secret), undefined);
    await assert.rejects(auth.logIn(ann), code('auth.badCredentials'));
    await auth.logIn({ ...ann, password: 'another long sentence' });
    await assert.rejects(auth.setPassword('nobody', password), code('auth.noUser'));
  });

  test('each session has a CSRF token of its own that stays the same', async () => {
    const { auth } = await harness(open);
    await auth.createUser({ name: 'ann', password, role: 'member' });
    const [one, two] = [await auth.logIn(ann), await auth.logIn(ann)];
    assert.notEqual(one.csrf, two.csrf);
    assert.equal((await auth.findSession(one.secret))?.csrf, one.csrf);
  });

  test('API tokens are shown once, found by their whole text, noted when used, and revoked by their owner', async () => {
    const { auth, clock, wait } = await harness(open);
    const owner = await auth.createUser({ name: 'ann', password, role: 'member' });
    const other = await auth.createUser({ name: 'bob', password, role: 'member' });
    const made = await auth.createToken(owner.id, ' backup ');
    assert.match(made.token, /^hf_[A-Za-z0-9_-]{43}$/);
    assert.equal((await auth.findTokenUser(made.token))?.name, 'ann');
    const { token, ...listed } = made;
    assert.deepEqual(await auth.listTokens(owner.id), [
      { ...listed, name: 'backup', lastUsedAt: clock.now() },
    ]);
    wait(5 * 60_000);
    await auth.findTokenUser(token);
    assert.equal((await auth.listTokens(owner.id))[0]?.lastUsedAt, clock.now());

    for (const wrong of ['', 'hf_', token.slice(3), token.slice(0, -1), `${token}x`, `HF_${token.slice(3)}`])
      assert.equal(await auth.findTokenUser(wrong), undefined, wrong);
    assert.deepEqual(await auth.listTokens(other.id), []);
    await assert.rejects(auth.revokeToken(other.id, made.id), code('auth.noToken'));
    await auth.revokeToken(owner.id, made.id);
    assert.equal(await auth.findTokenUser(token), undefined);
    for (const name of [' ', 'x'.repeat(101)])
      await assert.rejects(auth.createToken(owner.id, name), code('auth.badTokenName'));
  });

  test('the database holds no secret that a thief could use', async () => {
    const { auth, rows } = await harness(open);
    const user = await auth.createUser({ name: 'ann', password, role: 'member' });
    const session = await auth.logIn(ann);
    const { token } = await auth.createToken(user.id, 'x');
    const everything = (await Promise.all(['auth_users', 'auth_sessions', 'auth_tokens'].map(rows))).join();
    for (const secret of [password, session.secret, session.csrf, token, token.slice(3)])
      assert.equal(everything.includes(secret), false);
  });
});
