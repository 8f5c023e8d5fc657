import assert from 'node:assert/strict';
import { test } from 'node:test';
import { QueryClient } from '@tanstack/react-query';
import { dropLinks, putLink } from './cache.ts';
import type { ListQuery } from './paths.ts';
import type { Link, LinkPage } from './types.ts';

const tea = {
  id: 'tea',
  title: 'Tea',
  note: '',
  tags: ['shelf'],
  deletedAt: null,
  snapshot: null,
  job: null,
};
const linkOf = (change: object = {}) => ({ ...tea, ...change }) as unknown as Link;

const keyOf = (list: ListQuery) => ['links', list] as const;
const plain = keyOf({ q: '', sort: 'added', trash: false });
const found = keyOf({ q: 'tag:shelf', sort: 'relevance', trash: false });

/** A cache whose two lists hold the link. */
function clientWithLists(): QueryClient {
  const client = new QueryClient();
  for (const key of [plain, found])
    client.setQueryData(key, {
      pages: [{ links: [linkOf()], total: 1, nextCursor: null, excerpts: {} }],
      pageParams: [null],
    });
  return client;
}

const isStale = (client: QueryClient, key: readonly unknown[]) => client.getQueryState(key)?.isInvalidated;
const titlesIn = (client: QueryClient, key: readonly unknown[]) =>
  client
    .getQueryData<{ pages: LinkPage[] }>(key)
    ?.pages.flatMap(({ links }) => links.map(({ title }) => title));

test('putLink() renews the link in every list, and has nothing asked for anew where no list can change', () => {
  const client = clientWithLists();
  putLink(client, linkOf({ snapshotCount: 2 }));
  assert.deepEqual([isStale(client, plain), isStale(client, found)], [false, false]);
});

test('putLink() has filtered lists asked for anew when a link may enter or leave them', () => {
  for (const change of [{ title: 'Green tea' }, { note: 'n' }, { tags: [] }, { snapshot: { id: 's' } }]) {
    const client = clientWithLists();
    putLink(client, linkOf(change));
    assert.deepEqual([isStale(client, plain), isStale(client, found)], [false, true], JSON.stringify(change));
  }
});

test('putLink() has every list asked for anew when a link goes to the trash or comes back', () => {
  const client = clientWithLists();
  putLink(client, linkOf({ deletedAt: '2026-11-23T08:00:00.000Z' }));
  assert.deepEqual([isStale(client, plain), isStale(client, found)], [true, true]);
});

test('a list that waits to be asked for anew still waits after a link in it was renewed or dropped', async () => {
  const client = clientWithLists();
  dropLinks(client, new Set(['tea']));
  await client.invalidateQueries({ queryKey: ['links'] });
  putLink(client, linkOf());
  assert.deepEqual(titlesIn(client, found), []);
  assert.deepEqual([isStale(client, plain), isStale(client, found)], [true, true]);
});
