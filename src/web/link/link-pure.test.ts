import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Job, Resource } from '../api/types.ts';
import { newerJob } from '../live/newer-job.ts';
import { cleanTag, splitTags, suggestTags } from '../ui/tag-suggest.ts';
import { faultNext } from './fault-next.ts';
import { parseLinkSearch } from './link-search.ts';
import { readMissingReason } from './missing-reason.ts';
import { parseInlines, parseMarkdown } from './parse-markdown.ts';
import { sortResources } from './sort-resources.ts';

test('parseMarkdown() reads headings, lists, code, tables, quotes and rules', () => {
  const blocks = parseMarkdown(
    '# 一 #\n\ntext\nmore\n\n- a\n  - b\n3. c\n\n```js\n# no heading\n```\n\n| x | y |\n| --- | --- |\n| 1 | a\\|b |\n\n> q1\n> q2\n\n---',
  );
  assert.deepEqual(
    blocks.map((block) => block.type),
    ['heading', 'paragraph', 'item', 'item', 'item', 'code', 'table', 'quote', 'rule'],
  );
  assert.deepEqual(blocks[1], { type: 'paragraph', inlines: [{ text: 'text more' }] });
  assert.deepEqual(
    blocks.slice(2, 5).map((block) => block.type === 'item' && [block.depth, block.marker]),
    [
      [0, '•'],
      [1, '•'],
      [0, '3.'],
    ],
  );
  assert.deepEqual(blocks[5], { type: 'code', text: '# no heading' });
});

test('parseInlines() keeps links to http alone and turns pictures into their description', () => {
  assert.deepEqual(
    parseInlines(
      'a [b](https://x.example/) [c](javascript:alert) ![pic](https://t.example/p.gif) \\*d\\* **e** `f`',
    ),
    [
      { text: 'a ' },
      { text: 'b', href: 'https://x.example/' },
      { text: ' ' },
      { text: 'c', href: undefined },
      { text: ' pic *d* ' },
      { text: 'e', style: 'strong' },
      { text: ' ' },
      { text: 'f', style: 'code' },
    ],
  );
});

test('parseInlines() leaves underscores within words alone', () => {
  assert.deepEqual(parseInlines('snake_case_name'), [{ text: 'snake_case_name' }]);
});

test('parseMarkdown() ends on hostile input and loses none of its letters', () => {
  for (const hostile of [
    '['.repeat(19_000),
    '*'.repeat(19_000),
    '`'.repeat(9_000),
    '![](('.repeat(4_000),
    '> '.repeat(9_000),
    '|'.repeat(19_000),
    '```\nnever closed',
  ])
    assert.ok(Array.isArray(parseMarkdown(hostile)));
  assert.deepEqual(parseMarkdown('<script>alert(1)</script>'), [
    { type: 'paragraph', inlines: [{ text: '<script>alert(1)</script>' }] },
  ]);
});

test('parseMarkdown() of plain text makes a paragraph of each run of lines', () => {
  assert.deepEqual(parseMarkdown('# a\nb\n\n\nc', true), [
    { type: 'paragraph', inlines: [{ text: '# a\nb' }] },
    { type: 'paragraph', inlines: [{ text: 'c' }] },
  ]);
});

const resource = (url: string, sizeBytes: number, type = 'image'): Resource => ({
  url,
  sizeBytes,
  type,
  status: 200,
  mediaType: 'image/png',
  digest: null,
});

test('sortResources() orders by any column and filters by address, type and media type', () => {
  const all = [resource('b', 1), resource('a', 10, 'font'), resource('c', 5)];
  assert.deepEqual(
    sortResources(all, { by: 'sizeBytes', down: true }, '').map((one) => one.url),
    ['a', 'c', 'b'],
  );
  assert.deepEqual(
    sortResources(all, { by: 'url', down: false }, '').map((one) => one.url),
    ['a', 'b', 'c'],
  );
  assert.deepEqual(
    sortResources(all, { by: 'url', down: false }, ' FONT ').map((one) => one.url),
    ['a'],
  );
});

test('readMissingReason() knows the reasons that a snapshot notes', () => {
  assert.deepEqual(['pending', 'HTTP 404', 'refused: private', 'net::ERR_FAILED'].map(readMissingReason), [
    { type: 'pending' },
    { type: 'status', detail: '404' },
    { type: 'refused', detail: 'private' },
    { type: 'other', detail: 'net::ERR_FAILED' },
  ]);
});

test('faultNext() names the step for refusals, networks, browsers, registries and the rest', () => {
  assert.deepEqual(
    [
      'capture.refusedAddress',
      'capture.unresolvable',
      'capture.browserLost',
      'images.denied',
      'store.full',
    ].map(faultNext),
    ['refused', 'network', 'browser', 'registry', 'other'],
  );
});

test('parseLinkSearch() leaves out what it does not know', () => {
  assert.deepEqual(parseLinkSearch({ tab: 'text', version: 's1', x: 1 }), { tab: 'text', version: 's1' });
  assert.deepEqual(parseLinkSearch({ tab: '<b>', version: 3 }), {});
});

const job = (id: string, createdAt: string, updatedAt: string) => ({ id, createdAt, updatedAt }) as Job;

test('newerJob() never goes back in time, neither within a job nor between two', () => {
  const old = job('1', '2026-01-01T00:00:00Z', '2026-01-01T00:00:05Z');
  const stale = job('1', '2026-01-01T00:00:00Z', '2026-01-01T00:00:04Z');
  const next = job('2', '2026-01-01T00:00:01Z', '2026-01-01T00:00:01Z');
  assert.equal(newerJob(undefined, old), old);
  assert.equal(newerJob(old, stale), old);
  assert.equal(newerJob(old, next), next);
  assert.equal(newerJob(next, old), next);
});

test('splitTags() cuts at commas of both scripts and cleans the levels', () => {
  assert.deepEqual(splitTags('a, b，#c、 ocp / 4.5 //x, a'), ['a', 'b', 'c', 'ocp/4.5/x']);
  assert.equal(cleanTag('  # / '), '');
});

test('suggestTags() puts beginnings before middles and leaves out what is taken', () => {
  const all = [
    { tag: 'docs/python', links: 9 },
    { tag: 'python', links: 1 },
    { tag: 'cpython', links: 5 },
    { tag: 'rust', links: 3 },
  ];
  assert.deepEqual(suggestTags(all, 'Pyth', []), ['python', 'docs/python', 'cpython']);
  assert.deepEqual(suggestTags(all, 'pyth', ['python']), ['docs/python', 'cpython']);
});
