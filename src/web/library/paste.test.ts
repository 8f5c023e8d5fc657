import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addable, parsePaste } from './paste.ts';

const urls = (text: string): string[] => addable(parsePaste(text));

test('links to images are taken as they are', () => {
  const lines = parsePaste(
    `docker://quay.io/a/b:4.5.9-x86_64\n- docker://quay.io/a/b@sha256:${'a'.repeat(64)}`,
  );
  assert.deepEqual(
    lines.map(({ url }) => url),
    ['docker://quay.io/a/b:4.5.9-x86_64', `docker://quay.io/a/b@sha256:${'a'.repeat(64)}`],
  );
});

test('parsePaste() reads one link for each line and skips blank lines', () => {
  assert.deepEqual(urls('https://a.example/1\r\n\n  http://b.example/2  \n'), [
    'https://a.example/1',
    'http://b.example/2',
  ]);
});

test('parsePaste() gives a link without a scheme https, and plain http to this machine and to addresses', () => {
  assert.deepEqual(urls('docs.example.com/guide?x=1\nlocalhost:8080/a\n10.0.0.5:3000\n例子.中国/路'), [
    'https://docs.example.com/guide?x=1',
    'http://localhost:8080/a',
    'http://10.0.0.5:3000',
    'https://例子.中国/路',
  ]);
});

test('parsePaste() finds links in bullets, Markdown and prose of both scripts', () => {
  assert.deepEqual(
    urls(
      '- https://a.example/x\n2. https://b.example/y.\n[Title (v2)](https://c.example/z)\n请看（https://d.example/页面），很好。',
    ),
    ['https://a.example/x', 'https://b.example/y', 'https://c.example/z', 'https://d.example/页面'],
  );
});

test('parsePaste() keeps brackets that belong to the link', () => {
  assert.deepEqual(urls('see https://en.example.org/wiki/Anchor_(knot) now'), [
    'https://en.example.org/wiki/Anchor_(knot)',
  ]);
});

test('parsePaste() takes every link of a line that holds several', () => {
  assert.deepEqual(urls('https://a.example/1 https://a.example/2, https://a.example/3'), [
    'https://a.example/1',
    'https://a.example/2',
    'https://a.example/3',
  ]);
});

test('parsePaste() says for each bad line why it is left out', () => {
  const problems = parsePaste(
    [
      'hello world',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'https://a.example',
      'https://A.example/',
      'http://',
      `https://a.example/${'x'.repeat(17_000)}`,
    ].join('\n'),
  ).map((line) => line.problem);
  assert.deepEqual(problems, ['notLink', 'scheme', 'scheme', undefined, 'repeated', 'scheme', 'tooLong']);
});

test('parsePaste() ends on a thousand hostile lines', () => {
  const text = Array.from(
    { length: 1000 },
    (_, n) => `${'('.repeat(n)}https://a.example/${n}${')'.repeat(n)}`,
  ).join('\n');
  assert.equal(urls(text).length, 1000);
});
