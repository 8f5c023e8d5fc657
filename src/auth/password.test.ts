import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasCode } from '../kernel/index.ts';
import { checkPassword, decoyHash, hashPassword, isOutdated, verifyPassword } from './password.ts';

test('hashPassword() gives a PHC string with the OWASP costs and a salt of its own each time', async () => {
  const [one, two] = await Promise.all([hashPassword('a long sentence'), hashPassword('a long sentence')]);
  assert.match(one, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  assert.notEqual(one, two);
  assert.equal(await verifyPassword('a long sentence', one), true);
  assert.equal(await verifyPassword('a long sentencE', one), false);
});

test('verifyPassword() agrees with the reference implementation', async () => {
  // From the test of phc-winner-argon2: argon2id, v=19, t=2, m=2^16, p=1, "password", "somesalt".
  const reference = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
  assert.equal(await verifyPassword('password', reference), true);
  assert.equal(isOutdated(reference), true);
});

test('verifyPassword() takes one password in any Unicode form', async () => {
  const hash = await hashPassword('Pa\u00dfwo\u0308rter und mehr');
  assert.equal(await verifyPassword('Pa\u00dfw\u00f6rter und mehr', hash), true);
});

test('verifyPassword() refuses hashes that are no argon2id or would take all memory', async () => {
  const bad = [
    '',
    '$2b$10$abcdefghijklmnopqrstuv',
    decoyHash.replace('m=19456', 'm=99999999'),
    decoyHash.replace('t=2', 't=0'),
    decoyHash.replace('argon2id', 'argon2i'),
    `${decoyHash}$`,
  ];
  for (const hash of bad) assert.equal(await verifyPassword('x', hash), undefined, hash);
});

test('the decoy has the costs of a new hash and fits no password', async () => {
  assert.equal(isOutdated(decoyHash), false);
  assert.equal(await verifyPassword('', decoyHash), false);
});

test('checkPassword() refuses short and endless passwords and the name itself', () => {
  for (const bad of ['', 'short', 'x'.repeat(501), 'Administrator'])
    assert.throws(
      () => checkPassword(bad, 'administrator'),
      (e) => hasCode(e, 'auth.badPassword'),
    );
  checkPassword('十个汉字也可以作密码', 'administrator');
});
