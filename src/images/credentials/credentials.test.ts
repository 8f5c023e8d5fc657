import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { HoldfastError, hasCode } from '../../kernel/index.ts';
import { parseCredentials } from './credentials.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const config = (auths: unknown, rest: object = {}) => JSON.stringify({ auths, ...rest });
const read = (auths: unknown, rest?: object) => parseCredentials(config(auths, rest), 'pull-secret.json');

describe('parseCredentials()', () => {
  test('reads logins as base64, as fields, and identity tokens', () => {
    const credentials = read({
      'quay.io': { auth: base64('me:pa:ss\0\0'), email: 'me@example.org' },
      'host:5000': { username: 'you', password: 'word' },
      'reg.example': { auth: base64('x:'), identitytoken: 'refresh' },
      'empty.example': {},
    });
    const login = credentials.find('quay.io', 'a/b');
    assert.ok(login && 'username' in login);
    assert.deepEqual([login.username, login.password], ['me', 'pa:ss']);
    const fields = credentials.find('host:5000', 'a');
    assert.ok(fields && 'username' in fields && fields.password === 'word');
    const token = credentials.find('reg.example', 'a');
    assert.ok(token && 'identityToken' in token && token.identityToken === 'refresh');
    assert.equal(credentials.find('empty.example', 'a'), undefined);
    assert.equal(credentials.find('host', 'a'), undefined);
  });

  test('prefers the longest path, and cuts at slashes only', () => {
    const user = (name: string) => ({ auth: base64(`${name}:x`) });
    const credentials = read({ 'h.io': user('host'), 'h.io/a': user('a'), 'h.io/a/b': user('b') });
    const nameFor = (repository: string) => {
      const login = credentials.find('h.io', repository);
      return login && 'username' in login ? login.username : undefined;
    };
    assert.deepEqual(['a/b/c', 'a/b', 'a/bc', 'a', 'ab', 'x'].map(nameFor), [
      'b',
      'b',
      'a',
      'a',
      'host',
      'host',
    ]);
  });

  test('knows Docker Hub by all its names, and keys with scheme and path', () => {
    for (const key of ['https://index.docker.io/v1/', 'docker.io', 'registry-1.docker.io'])
      assert.ok(read({ [key]: { auth: base64('a:b') } }).find('docker.io', 'library/x'), key);
    assert.ok(read({ 'https://reg.example/v2/': { auth: base64('a:b') } }).find('reg.example', 'x'));
  });

  test('refuses what a helper program keeps, for its hosts only', () => {
    const credentials = read(
      { 'a.io': { auth: base64('a:b') }, 'b.io': {} },
      { credsStore: 'desktop', credHelpers: { 'gcr.io': 'gcloud' } },
    );
    assert.ok(credentials.find('a.io', 'x'));
    assert.equal(credentials.find('other.io', 'x'), undefined);
    for (const host of ['b.io', 'gcr.io'])
      assert.throws(
        () => credentials.find(host, 'x'),
        (error) => hasCode(error, 'images.credentialHelper') && /authfile/.test(error.hint ?? ''),
      );
  });

  test('never shows a secret, not in errors either', () => {
    const credential = read({ 'quay.io': { auth: base64('me:secret-word') } }).find('quay.io', 'a');
    for (const shown of [
      inspect(credential, { showHidden: true }),
      JSON.stringify({ credential }),
      `${inspect({ a: credential })}`,
    ])
      assert.doesNotMatch(shown, /secret-word|me:/);
    for (const text of [
      '{"auths": {"a": {"auth": "secret-word!"}}}',
      '{"auths": secret-word}',
      '["secret-word"]',
    ])
      assert.throws(
        () => parseCredentials(text, 'file.json'),
        (error) =>
          hasCode(error, 'images.badCredentials') &&
          !inspect(error).includes('secret-word') &&
          /file\.json/.test(error.message),
      );
  });

  test('gives any text credentials or an error of its own', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.jsonValue().map((it) => config(it)),
          fc.jsonValue().map((it) => config({ a: it })),
        ),
        (text) => {
          try {
            parseCredentials(text, 'p').find('a', 'b');
          } catch (error) {
            assert.ok(error instanceof HoldfastError, inspect(error));
          }
        },
      ),
    );
  });
});
