import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildTagTree, pruneTagTree } from './build-tag-tree.ts';
import { excerptParts } from './excerpt-parts.ts';
import { composeQuery, effectiveSort, parseLibrarySearch } from './library-search.ts';
import { langOf, linkName, readableUrl, safeHref } from './link-facts.ts';

test('excerptParts() marks every second part and drops empty ones', () => {
  assert.deepEqual(excerptParts(['', '离线', '安装 \n\t guide ', 'mirror', '']), [
    { text: '离线', marked: true },
    { text: '安装 guide ', marked: false },
    { text: 'mirror', marked: true },
  ]);
  assert.deepEqual(excerptParts([]), []);
});

test('buildTagTree() makes levels, sums those that are no tags, and sorts by number and language', () => {
  const tree = buildTagTree(
    [
      { tag: 'ocp/4.10', links: 2 },
      { tag: 'ocp/4.5', links: 3 },
      { tag: 'Apple', links: 1 },
      { tag: 'zoo', links: 9 },
      { tag: 'zoo/a', links: 4 },
    ],
    'en',
  );
  assert.deepEqual(
    tree.map((node) => [node.tag, node.links]),
    [
      ['Apple', 1],
      ['ocp', 5],
      ['zoo', 9],
    ],
  );
  assert.deepEqual(
    tree[1]!.below.map((node) => node.name),
    ['4.5', '4.10'],
  );
});

test('buildTagTree() holds tags that are named like parts of an object', () => {
  assert.deepEqual(
    buildTagTree([{ tag: '__proto__/constructor', links: 1 }], 'en')[0]?.below[0]?.tag,
    '__proto__/constructor',
  );
});

test('pruneTagTree() keeps the branches that lead to a match', () => {
  const tree = buildTagTree(
    [
      { tag: 'a/b/match', links: 1 },
      { tag: 'a/c', links: 1 },
      { tag: 'd', links: 1 },
    ],
    'en',
  );
  const pruned = pruneTagTree(tree, 'MATCH');
  assert.deepEqual(
    pruned.map((node) => node.tag),
    ['a'],
  );
  assert.deepEqual(
    pruned[0]!.below.map((node) => node.tag),
    ['a/b'],
  );
});

test('composeQuery() puts filters before the words and keeps an OR together', () => {
  assert.equal(composeQuery({ q: ' 离线 inst ' }), '离线 inst');
  assert.equal(
    composeQuery({ q: 'etcd OR raft', tag: 'a b', verdict: 'good' }),
    'tag:"a b" verdict:good (etcd OR raft)',
  );
  assert.equal(composeQuery({ tag: 'x" OR is:deleted "' }), 'tag:"x OR is:deleted "');
  assert.equal(composeQuery({ tag: 'ocp/4.5' }), 'tag:ocp/4.5');
});

test('parseLibrarySearch() leaves out what it does not know', () => {
  assert.deepEqual(parseLibrarySearch({ q: 45, tag: '', verdict: 'great', sort: 'title', x: 1 }), {
    q: '45',
    sort: 'title',
  });
  assert.equal(effectiveSort({}), 'added');
  assert.equal(effectiveSort({ q: 'x' }), 'relevance');
});

test('readableUrl() decodes letters but nothing that could disguise an address', () => {
  assert.equal(readableUrl('https://www.zh.example/wiki/%E7%BA%A2%E5%B8%BD/'), 'zh.example/wiki/红帽');
  assert.equal(readableUrl('https://a.example/%E2%80%AEgpj.exe'), 'a.example/%E2%80%AEgpj.exe');
  assert.equal(readableUrl('https://a.example/%zz'), 'a.example/%zz');
  assert.equal(linkName({ title: '  ', url: 'http://a.example/' }), 'a.example');
});

test('safeHref() opens http and https alone', () => {
  assert.equal(safeHref('HTTPS://a.example'), 'HTTPS://a.example');
  for (const url of ['javascript:alert(1)', ' https://x', 'data:text/html,x', '//a'])
    assert.equal(safeHref(url), undefined);
});

test('langOf() passes only what reads like a language tag', () => {
  assert.deepEqual(['zh-CN', 'en', 'zh-Hans-CN', '', 'x" onload', undefined].map(langOf), [
    'zh-CN',
    'en',
    'zh-Hans-CN',
    undefined,
    undefined,
    undefined,
  ]);
});
