import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import type { Db } from '../db/index.ts';
import { hasCode } from '../kernel/index.ts';
import { parseQuery } from './parse-query.ts';
import { createSearchIndex } from './search-index.ts';
import type { SearchDoc, SearchIndex } from './types.ts';

/** A document with the fields that a test cares about. */
export const docOf = (id: string, fields: Partial<Omit<SearchDoc, 'id'>>): SearchDoc => ({
  id,
  title: '',
  url: '',
  note: '',
  tags: [],
  text: '',
  ...fields,
});

/** The ids that a query finds, in their order. */
export async function find(index: SearchIndex, query: string): Promise<string[]> {
  return [...(await index.match(parseQuery(query))).keys()];
}

const library: readonly SearchDoc[] = [
  docOf('install', {
    title: '使用OpenShift安装集群',
    url: 'https://docs.openshift.com/container-platform/4.5/installing/index.html',
    tags: ['ocp/4.5', '离线'],
    text: '离线安装指南。先准备 mirror registry v4.5.9，再运行 openshift-install。',
  }),
  docOf('cafe', {
    title: 'Le Café',
    url: 'https://zh.wikipedia.org/wiki/%E5%92%96%E5%95%A1',
    note: 'mirror of the old page; don’t delete',
    text: "It's a naïve page about foo_bar and rhcos-4.5.6-x86_64.",
  }),
  docOf('idn', { title: 'Mirrors', url: 'https://xn--fiq228c.example/', text: '重新安 装 the machine' }),
];

/** Query, and the ids that any engine must find for it. */
const answers: readonly (readonly [string, ...string[]])[] = [
  ['安', 'idn', 'install'],
  ['装', 'idn', 'install'],
  ['安装', 'install'],
  ['离线安装指南', 'install'],
  ['线安装指', 'install'],
  ['安装离线'],
  ['離線安裝'],
  ['使用openshift', 'install'],
  ['使用OpenShift安装', 'install'],
  ['openshift安', 'install'],
  ['用 装集', 'install'],
  ['集群 mirror', 'install'],
  ['mirr', 'cafe', 'idn', 'install'],
  ['mirr '],
  ['mirr* page', 'cafe'],
  ['mirror ', 'cafe', 'install'],
  ['"mirror"', 'cafe', 'install'],
  ['title:mirror', 'idn'],
  ['note:mirror', 'cafe'],
  ['text:mirror', 'install'],
  ['url:mirror'],
  ['cafe', 'cafe'],
  ['CAFÉ', 'cafe'],
  ['naive', 'cafe'],
  ["don't", 'cafe'],
  ['don’t', 'cafe'],
  ['4.5.9', 'install'],
  ['v4.5.9', 'install'],
  ['4.5', 'cafe', 'install'],
  ['4.9'],
  ['openshift-install', 'install'],
  ['rhcos-4.5.6-x86_64', 'cafe'],
  ['rhcos', 'cafe'],
  ['x86_64', 'cafe'],
  ['foo_bar', 'cafe'],
  ['bar', 'cafe'],
  ['https://docs.openshift.com/container-platform/4.5/installing/index.html', 'install'],
  ['docs.openshift.com', 'install'],
  ['url:installing', 'install'],
  ['咖啡', 'cafe'],
  ['https://zh.wikipedia.org/wiki/%E5%92%96%E5%95%A1', 'cafe'],
  ['中文.example', 'idn'],
  ['xn--fiq228c.example', 'idn'],
  ['ocp/4.5', 'install'],
  ['离线 mirror', 'install'],
  ['"mirror registry"', 'install'],
  ['"registry mirror"'],
  ['registry mirror ', 'install'],
  ['title:openshift text:registry', 'install'],
  ['(naive OR 集群) mirror', 'cafe', 'install'],
  ['machine OR naive OR nothing', 'cafe', 'idn'],
  ['ｍｉｒｒｏｒ', 'cafe', 'idn', 'install'],
];

/** What every search index promises. */
export function searchIndexContract(openDb: () => Promise<Db>): void {
  const open = async (): Promise<SearchIndex> => createSearchIndex(await openDb());

  test('match() gives the answers of the table', async () => {
    const index = await open();
    for (const doc of library) await index.put(doc);
    for (const [query, ...expected] of answers) deepEqual((await find(index, query)).sort(), expected, query);
  });

  test('match() joins words that stand in different fields of a document', async () => {
    const index = await open();
    await index.put(docOf('both', { title: 'alpha', text: 'beta' }));
    await index.put(docOf('one', { title: 'alpha', text: 'gamma' }));
    deepEqual(await find(index, 'alpha beta '), ['both']);
    deepEqual(await find(index, 'beta alpha '), ['both']);
  });

  test('match() puts a title before other fields, those before the text, and a whole word before a beginning', async () => {
    const index = await open();
    await index.put(docOf('filler', { title: 'nothing', text: 'nothing at all' }));
    await index.put(docOf('text', { title: 'long page', text: 'quorum '.repeat(40) }));
    await index.put(docOf('url', { title: 'an address', url: 'https://x.org/quorum' }));
    await index.put(docOf('note', { title: 'a remark', note: 'quorum' }));
    await index.put(docOf('title', { title: 'quorum explained' }));
    deepEqual(await find(index, '"quorum"'), ['title', 'note', 'url', 'text']);
    await index.put(docOf('longer', { title: 'quorums explained' }));
    const found = await find(index, 'quorum');
    ok(found.indexOf('title') < found.indexOf('longer'));
    ok(found.indexOf('longer') < found.indexOf('text'));
  });

  test('match() weighs a rare word more than a common one', async () => {
    const index = await open();
    for (let i = 0; i < 30; i++) await index.put(docOf(`common${i}`, { text: 'the registry of things' }));
    await index.put(docOf('rare', { text: 'a xylophone of things' }));
    equal((await find(index, 'the OR "xylophone"'))[0], 'rare');
  });

  test('put() takes the place of the document with that id', async () => {
    const index = await open();
    await index.put(docOf('a', { title: 'first', text: 'apple' }));
    await index.put(docOf('a', { title: 'second', text: 'pear' }));
    deepEqual(await find(index, 'first OR apple'), []);
    deepEqual(await find(index, 'second pear'), ['a']);
  });

  test('putFields() leaves the text, and makes a document that is new', async () => {
    const index = await open();
    await index.put(docOf('a', { title: 'first', note: 'old', tags: ['x'], text: 'apple' }));
    await index.putFields('a', { title: 'second', url: '', note: '', tags: ['y'] });
    deepEqual(await find(index, 'first OR old OR "x"'), []);
    deepEqual(await find(index, 'second apple "y"'), ['a']);
    await index.putFields('b', { title: 'early', url: '', note: '', tags: [] });
    deepEqual(await find(index, 'early'), ['b']);
    await index.put(docOf('b', { title: 'early', text: 'plum' }));
    deepEqual(await find(index, 'early plum'), ['b']);
  });

  test('remove() takes documents out, knows no unknown id, and leaves the others', async () => {
    const index = await open();
    for (const id of ['a', 'b', 'c']) await index.put(docOf(id, { title: id, text: 'apple' }));
    await index.putFields('d', { title: 'apple', url: '', note: '', tags: [] });
    await index.remove(['a', 'c', 'd', 'nobody']);
    await index.remove([]);
    deepEqual(await find(index, 'apple'), ['b']);
    await index.put(docOf('a', { text: 'pear' }));
    deepEqual(await find(index, 'apple'), ['b']);
    deepEqual(await find(index, 'pear'), ['a']);
  });

  test('a transaction that is rolled back leaves no trace', async () => {
    const db = await openDb();
    const index = createSearchIndex(db);
    await index.put(docOf('a', { text: 'apple' }));
    const work = db.transaction(async (trx) => {
      await index.put(docOf('b', { text: 'apple' }), trx);
      await index.remove(['a'], trx);
      deepEqual([...(await index.match(parseQuery('apple'), trx)).keys()], ['b']);
      throw new Error('on purpose');
    });
    await rejects(work, /on purpose/);
    deepEqual(await find(index, 'apple'), ['a']);
  });

  test('match() refuses what only the owner of the documents can answer', async () => {
    const index = await open();
    for (const query of ['', '-apple', 'tag:x', 'apple tag:x'])
      await rejects(index.match(parseQuery(query)), (error) => hasCode(error, 'search.notWords'));
  });

  test('match() finds nothing for words that hold nothing to be found', async () => {
    const index = await open();
    await index.put(docOf('a', { text: 'apple' }));
    equal((await index.match({ type: 'words', text: '***', phrase: true })).size, 0);
    equal((await index.match({ type: 'or', nodes: [] })).size, 0);
  });

  test('match() narrows a common word to the documents of a rare one, and gives all of a common one', async () => {
    const db = await openDb();
    const index = createSearchIndex(db);
    await db.transaction(async (trx) => {
      for (let i = 0; i < 2_300; i++)
        await index.put(docOf(`d${i}`, { text: i % 1_000 === 0 ? 'common rare' : 'common usual' }), trx);
    });
    equal((await find(index, '"common"')).length, 2_300);
    deepEqual((await find(index, 'common "rare"')).sort(), ['d0', 'd1000', 'd2000']);
    equal((await find(index, 'common "usual"')).length, 2_297);
    ok([...(await index.match(parseQuery('common'))).values()].every((rank) => rank > 0));
  });
}
