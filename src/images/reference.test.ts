import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { digestOf, HoldfastError, hasCode } from '../kernel/index.ts';
import { formatReference, parseReference } from './reference.ts';

const digest = digestOf('x');

describe('parseReference()', () => {
  test('reads host, port, repository, tag and digest, with and without docker://', () => {
    const cases: Record<string, object> = {
      'docker://quay.io/openshift-release-dev/ocp-release:4.5.9-x86_64': {
        host: 'quay.io',
        repository: 'openshift-release-dev/ocp-release',
        tag: '4.5.9-x86_64',
      },
      'localhost:5000/a': { host: 'localhost:5000', repository: 'a', tag: 'latest' },
      'localhost/a:b': { host: 'localhost', repository: 'a', tag: 'b' },
      [`host.example/a/b_c/d__e-f--g@${digest}`]: {
        host: 'host.example',
        repository: 'a/b_c/d__e-f--g',
        digest,
      },
      [`host.example:1/a:Tag.1_x@${digest}`]: {
        host: 'host.example:1',
        repository: 'a',
        tag: 'Tag.1_x',
        digest,
      },
      'docker://[::1]:5000/a': { host: '[::1]:5000', repository: 'a', tag: 'latest' },
      'Host/a': { host: 'Host', repository: 'a', tag: 'latest' },
    };
    for (const [text, expected] of Object.entries(cases))
      assert.deepEqual(parseReference(text), expected, text);
  });

  test('takes names without a host for Docker Hub, a single one for library/', () => {
    for (const text of [
      'alpine',
      'docker.io/alpine',
      'index.docker.io/library/alpine',
      'docker://library/alpine:latest',
    ])
      assert.deepEqual(
        parseReference(text),
        { host: 'docker.io', repository: 'library/alpine', tag: 'latest' },
        text,
      );
    assert.equal(parseReference('user/app:1').repository, 'user/app');
  });

  test('names the part that is wrong', () => {
    const cases: Record<string, RegExp> = {
      '': /repository is missing/,
      'docker://': /repository is missing/,
      'host.example/': /repository is missing/,
      'host.example/A/b': /"A" has upper-case letters/,
      'host.example/a//b': /empty part/,
      'host.example/../etc': /the part "\.\."/,
      'host.example/a:': /tag after ":" is missing/,
      'host.example/a:-x': /"-x" is not an image tag/,
      'host.example/a@sha256:12': /"sha256:12" is not a digest/,
      'host.example:99999/a': /"99999" is not a port/,
      'user:secret@host.example/a': /is not a digest/,
      'https://host.example/a': /"https:" is not a host/,
      'ho_st.example/a': /"ho_st.example" is not a host/,
      [`h.io/${'a'.repeat(256)}`]: /longer than 255/,
      [`h.io/a:${'t'.repeat(129)}`]: /not an image tag/,
    };
    for (const [text, fault] of Object.entries(cases))
      assert.throws(
        () => parseReference(text),
        (error) => hasCode(error, 'images.badReference') && fault.test(error.message),
        text,
      );
  });

  test('does not repeat a password that somebody put into an address', () => {
    assert.throws(
      () => parseReference('docker://user:secret@host.example/a'),
      (error) => error instanceof HoldfastError && !JSON.stringify([error.message, error]).includes('secret'),
    );
  });

  test('reads back whatever formatReference() writes', () => {
    const part = fc.stringMatching(/^[a-z0-9]{1,6}(?:(?:\.|_|__|-{1,3})[a-z0-9]{1,4}){0,2}$/);
    const reference = fc.record(
      {
        host: fc.stringMatching(/^[a-zA-Z0-9]{1,5}(?:\.[a-z0-9]{1,5}){1,3}(?::[1-9][0-9]{0,3})?$/),
        repository: fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/')),
        tag: fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/),
        digest: fc.string().map(digestOf),
      },
      { requiredKeys: ['host', 'repository', 'tag'], noNullPrototype: true },
    );
    fc.assert(
      fc.property(reference, (it) => {
        assert.deepEqual(parseReference(formatReference(it)), it);
        assert.deepEqual(parseReference(`docker://${formatReference(it)}`), it);
      }),
    );
  });

  test('gives any text a reference that reads back, or an error of its own', () => {
    const unit = fc.constantFrom(
      'a',
      'B',
      '1',
      '.',
      '-',
      '_',
      '/',
      ':',
      '@',
      '[',
      ']',
      ' ',
      'é',
      '..',
      'docker.io',
      'sha256:',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(unit).map((parts) => parts.join('')),
        ),
        (text) => {
          try {
            const reference = parseReference(text);
            assert.deepEqual(parseReference(formatReference(reference)), reference);
          } catch (error) {
            assert.ok(error instanceof HoldfastError, String(error));
          }
        },
      ),
    );
  });
});
