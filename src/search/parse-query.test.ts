import { deepEqual, equal, ok, throws } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { HoldfastError } from '../kernel/index.ts';
import { parseQuery, queryLimits } from './parse-query.ts';
import { timeOf } from './query-values.ts';
import type { QueryNode } from './types.ts';

/** A tree in short: `and(x, "a b", title:y*, -z, tag=w)`. */
function short(node: QueryNode): string {
  if (node.type === 'all') return 'all';
  if (node.type === 'not') return `-${short(node.node)}`;
  if (node.type === 'fact') return `${node.name}=${node.value}`;
  if (node.type !== 'words') return `${node.type}(${node.nodes.map(short).join(', ')})`;
  const text = node.phrase ? `"${node.text}"` : node.text;
  return `${node.field ? `${node.field}:` : ''}${text}${node.prefix ? '*' : ''}`;
}

const examples: readonly (readonly [string, string])[] = [
  ['', 'all'],
  ['mirror registry ', 'and(mirror, registry)'],
  ['mirror regis', 'and(mirror, regis*)'],
  ['mirror re', 'and(mirror, re)'],
  ['mi* x', 'and(mi*, x)'],
  ['离线 安装', 'and(离线, 安装)'],
  ['离线　安装，配置', 'and(离线, 安装, 配置)'],
  ['"mirror registry"', '"mirror registry"'],
  ['“离线 安装”', '"离线 安装"'],
  ['「離線」『安裝』', 'and("離線", "安裝")'],
  ['a -b', 'and(a, -b)'],
  ['a －registry', 'and(a, -registry)'],
  ['a NOT b', 'and(a, -b)'],
  ['NOT NOT a', 'a'],
  ['-(a b)', '-and(a, b)'],
  ['a OR b AND c', 'or(a, and(b, c))'],
  ['（a OR b）c', 'and(or(a, b), c)'],
  ['a or b', 'and(a, or, b)'],
  ['title:mirror url:x note:"a b" text:y', 'and(title:mirror, url:x, note:"a b", text:y)'],
  ['TITLE:a 标题：安装 标签:红帽/文档', 'and(title:a, title:安装, tag=红帽/文档)'],
  ['网站:Example.org site:https://x.org/path', 'and(site=example.org, site=x.org)'],
  ['-tag:"two words"', '-tag=two words'],
  ['tag:(a OR b)', 'or(tag=a, tag=b)'],
  ['title:(a -b)', 'and(title:a, -title:b)'],
  ['before:2026 after:2026-3 after:2026-03-31', 'and(before=2026, after=2026-03, after=2026-03-31)'],
  [
    'before:7d after:２w 早于：3个月 after:1年 after:2026年3月1日',
    'and(before=7d, after=2w, before=3m, after=1y, after=2026-03-01)',
  ],
  ['is:anything verdict:Blank', 'and(is=anything, verdict=blank)'],
  // Sloppy input is words.
  ['foo:bar ', 'foo:bar'],
  ['foo "bar ', 'and(foo, bar)'],
  ['a - b', 'and(a, b)'],
  ['-', 'all'],
  ['!!! ???', 'all'],
  ['""', 'all'],
  ['--wait x', 'and(--wait, x)'],
  ['4.5.9-x', '4.5.9-x'],
  ['a) b(', 'and(a, b)'],
  ['((a', 'a'],
  ['()', 'all'],
  ['OR a OR', 'a'],
  ['a OR OR b', 'or(a, b)'],
  ['NOT', 'NOT'],
  ['a NOT', 'a'],
  ['a tag:', 'a'],
  ['Note: see', 'and(Note:, see*)'],
  ['tag:"" a', 'a'],
  ['title:-x', 'title:-x'],
  ['site:OR', 'site=or'],
  ['constructor: __proto__:x toString', 'and(constructor:, __proto__:x, toString*)'],
  ['https://x.org/%E5%AE%89%E8%A3%85?a=%zz', 'https://x.org/安装?a=%zz'],
  ['-mirror', '-mirror'],
  ['-title:mirror', '-title:mirror'],
];

test('a query is read as the tree of the table', () => {
  for (const [query, tree] of examples) equal(short(parseQuery(query)), tree, query);
});

const message = (query: string): HoldfastError => {
  try {
    parseQuery(query, { verdict: ['good', 'blank'], is: ['untagged'] });
  } catch (error) {
    if (error instanceof HoldfastError) return error;
  }
  throw new Error(`"${query}" was taken`);
};

test('a value that a fact cannot have is refused with its place and what is allowed', () => {
  for (const [query, position] of [
    ['before:yesterdayish', 8],
    ['𠮷 a after:2026-02-30', 11],
    ['after:2026-13', 7],
    ['after:99999d', 7],
    ['after:0000-00-00', 7],
    ['verdict:fine', 9],
    ['a -is:(untagged OR odd)', 20],
    ['site:https://', 6],
  ] as const) {
    const error = message(query);
    equal(error.code, 'search.badQuery');
    equal(error.details.position, position, query);
  }
  equal(message('verdict:fine').hint?.includes('good, blank'), true);
  equal(short(parseQuery('verdict:Good', { verdict: ['good'] })), 'verdict=good');
});

test('a query of no person is refused before it costs anything', () => {
  equal(message('x'.repeat(1_000_000)).code, 'search.tooLong');
  equal(message('('.repeat(10_000)).code, 'search.tooLong');
  equal(message('('.repeat(queryLimits.depth + 1)).code, 'search.tooDeep');
  equal(message('x '.repeat(queryLimits.terms + 1)).code, 'search.tooManyTerms');
  equal(short(parseQuery(`${'('.repeat(queryLimits.depth)}a`)), 'a');
  equal(short(parseQuery(`${'-('.repeat(queryLimits.depth - 1)}a`)), '-a');
  equal(short(parseQuery(`${'NOT '.repeat(900)}a`)), 'a');
  equal(short(parseQuery(':'.repeat(queryLimits.characters))), 'all');
});

const pieces = fc.constantFrom(
  ...[
    '安装',
    'mirror',
    '"',
    '“',
    '”',
    '「',
    '(',
    ')',
    '（',
    '-',
    'NOT ',
    ' OR ',
    ' AND ',
    ' ',
    'title:',
    '标签：',
    'tag:',
    ':',
    '*',
    'x',
    '%E5',
    '\0',
    '\ud800',
    '，',
    'v4.5',
  ],
);

test('parseQuery() takes any text without dates, and what it gives is a small normal tree', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces, { maxLength: 40 }).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(text, (query) => {
      let words = 0;
      const check = (node: QueryNode, inside: QueryNode['type'] | undefined): void => {
        if (node.type === 'all') equal(inside, undefined);
        if (node.type === 'and' || node.type === 'or') {
          ok(node.nodes.length > 1);
          ok(node.type !== inside);
          for (const inner of node.nodes) check(inner, node.type);
        }
        if (node.type === 'not') {
          ok(node.node.type !== 'not');
          check(node.node, 'not');
        }
        if (node.type === 'words') {
          words++;
          ok(node.text.trim() !== '');
        }
      };
      check(parseQuery(query), undefined);
      ok(words <= queryLimits.terms);
    }),
    { numRuns: 2_000 },
  );
});

test('quoted words come back as they were written', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z安装 :()-]{0,20}[a-z安]$/), (text) => {
      deepEqual(parseQuery(`"${text}"`), { type: 'words', text, phrase: true });
    }),
  );
});

test('timeOf() gives the first moment of a date, and the moment an age ago', () => {
  const now = Date.UTC(2026, 2, 31, 12);
  equal(timeOf('2026', now), Date.UTC(2026, 0, 1));
  equal(timeOf('2026-03', now), Date.UTC(2026, 2, 1));
  equal(timeOf('2026-03-31', now), Date.UTC(2026, 2, 31));
  equal(timeOf('2w', now), now - 14 * 86_400_000);
  equal(timeOf('1y', now), now - 365 * 86_400_000);
  throws(() => parseQuery('before:2025-02-29'));
  equal(short(parseQuery('before:2024-02-29')), 'before=2024-02-29');
});
