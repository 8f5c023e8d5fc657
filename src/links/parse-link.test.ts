import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { HoldfastError } from '../kernel/index.ts';
import { parseLink } from './parse-link.ts';
import { hostOf, shownHost } from './shown-host.ts';

test('parseLink() gives a link without a scheme the one that it most likely has', () => {
  const cases: Readonly<Record<string, string>> = {
    'example.com/a': 'https://example.com/a',
    '例子.中国': 'https://例子.中国',
    '例子。中国/页': 'https://例子。中国/页',
    'example.com:8080/a': 'https://example.com:8080/a',
    '//example.com/a': 'https://example.com/a',
    'localhost:3000': 'http://localhost:3000',
    'docs.localhost/a?b': 'http://docs.localhost/a?b',
    '127.0.0.1:8420/x': 'http://127.0.0.1:8420/x',
    '[::1]:80/': 'http://[::1]:80/',
    '10.0.0.1/x': 'https://10.0.0.1/x',
    'HTTP://Example.com/A?utm_source=x#s': 'HTTP://Example.com/A?utm_source=x#s',
  };
  for (const [given, url] of Object.entries(cases)) assert.equal(parseLink(given).url, url, given);
});

test('parseLink() reads links to images, and finds two spellings of one', () => {
  const full = parseLink('docker://quay.io/openshift-release-dev/ocp-release:4.5.9-x86_64');
  assert.deepEqual(
    [full.url, full.host],
    ['docker://quay.io/openshift-release-dev/ocp-release:4.5.9-x86_64', 'quay.io'],
  );
  const same = [
    'docker://alpine',
    'DOCKER://docker.io/library/alpine:latest',
    'docker://index.docker.io/alpine',
  ];
  assert.equal(new Set(same.map((text) => parseLink(text).keyHash)).size, 1);
  assert.notEqual(parseLink('docker://alpine:3').keyHash, parseLink('docker://alpine').keyHash);
  for (const bad of [
    'docker://',
    'docker://quay.io/A:x',
    'docker://quay.io/a@sha256:1',
    'docker://u:pw@quay.io/a',
  ])
    assert.throws(
      () => parseLink(bad),
      (error) =>
        error instanceof HoldfastError && error.code === 'images.badReference' && !/pw/.test(error.message),
    );
});

test('parseLink() trims what comes along when an address is copied', () => {
  for (const given of [
    '  https://example.com/a\n',
    '<https://example.com/a>',
    '\u200bhttps://example.com/a\u200e',
    '\ufeff < https://example.com/a > ',
    '\u3000https://example.com/a\u00a0',
  ])
    assert.equal(parseLink(given).url, 'https://example.com/a', JSON.stringify(given));
});

test('parseLink() refuses what is no link to a web server, and says why', () => {
  const refused: Readonly<Record<string, readonly string[]>> = {
    'links.refusedScheme': [
      'file:///etc/passwd',
      'FILE:/etc/passwd',
      'chrome://settings',
      'data:text/html,<script>1</script>',
      'javascript:alert(1)',
      'JavaScript:alert(1)',
      ' \u200bjavascript:alert(1)',
      'view-source:https://example.com',
      'blob:https://example.com/1',
      'ftp://example.com',
      'mailto:a@example.com',
      'tel:123',
      'about:blank',
      'ws://example.com',
    ],
    'links.credentials': ['https://user:pw@example.com/', 'https://user@example.com', 'somebody@example.com'],
    'links.malformed': [
      '',
      '   ',
      '<>',
      'hello world',
      'word',
      'https://',
      'http:// example.com',
      'https://exa mple.com',
      'https://example.com:99999',
      'https://example.com/\u0000',
      'https://a.example\njavascript:alert(1)',
      'https://[::1',
      'https://%00.example/',
      '/etc/passwd',
      '?a=b',
    ],
    'links.tooLong': [
      `https://example.com/${'a'.repeat(16 * 1024)}`,
      `https://example.com/${'中'.repeat(6_000)}`,
    ],
  };
  for (const [code, links] of Object.entries(refused))
    for (const link of links)
      assert.throws(() => parseLink(link), { code }, JSON.stringify(link).slice(0, 80));
});

test('parseLink() never repeats a password', () => {
  for (const link of [
    'https://user:hunter2@example.com/',
    'https://u:hunter2@exa mple.com',
    'u:hunter2@x.y',
    'ssh://u:hunter2@x.y/z',
  ])
    assert.throws(
      () => parseLink(link),
      (error: HoldfastError) => !JSON.stringify([error.message, error.details]).includes('hunter2'),
      link,
    );
});

test('parseLink() gives a link or one of our errors for any text', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.webUrl(),
    fc.string({ maxLength: 40 }).map((rest) => `https://example.com/${rest}`),
    fc.tuple(fc.constantFrom('http', 'https', 'file', 'x'), fc.string()).map(([s, rest]) => `${s}:${rest}`),
  );
  fc.assert(
    fc.property(text, (given) => {
      try {
        const { url, host } = parseLink(given);
        assert.match(new URL(url).protocol, /^https?:$/);
        assert.equal(new URL(url).hostname.replace(/\.$/, ''), host);
        assert.deepEqual(parseLink(url), parseLink(given));
      } catch (error) {
        assert.ok(error instanceof HoldfastError, String(error));
      }
    }),
    { numRuns: 2_000 },
  );
});

test('shownHost() writes East Asian names out and leaves those that could deceive', () => {
  assert.equal(shownHost('xn--fsqu00a.xn--fiqs8s'), '例子.中国');
  assert.equal(shownHost('xn--80ak6aa92e.com'), 'xn--80ak6aa92e.com');
  assert.equal(shownHost('docs.example.com'), 'docs.example.com');
  assert.equal(hostOf('例子.中国'), 'xn--fsqu00a.xn--fiqs8s');
  assert.equal(hostOf('Example.COM.'), 'example.com');
});
