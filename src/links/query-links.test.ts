import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countQueries, forEachDatabase } from '../../test/support/databases.ts';
import {
  createTestClock,
  createTestLinks,
  linksTestMigrations,
  makeSnapshot,
} from '../../test/support/links.ts';
import type { LinkQuery, Snapshot } from './index.ts';

const texts: Record<string, string> = {
  a: 'The zebra lives in Africa and eats grass. 离线安装指南',
  b: 'A zebra and a giraffe met; the giraffe was taller than any giraffe.',
  c: 'Nothing to see here, but 在线安装 is described.',
};

forEachDatabase((_name, open) => {
  const setUp = async () => {
    const db = await open(linksTestMigrations);
    const clock = createTestClock();
    const read = async (snapshot: Snapshot) => {
      if (snapshot.title === 'damaged') throw new Error('gone');
      return texts[snapshot.title] ?? '';
    };
    return { db, clock, ...createTestLinks(db, clock, { read }) };
  };

  /** Links a to e at `<name>.example.com/<name>`, each a day after the one before. */
  const stock = async () => {
    const room = await setUp();
    const ids: Record<string, string> = {};
    for (const [name, tags] of Object.entries({
      a: ['ocp/4.5'],
      b: ['ocp/4.6', 'read'],
      c: ['Read'],
      d: [],
      e: [],
    })) {
      const [added] = await room.links.add([{ url: `https://${name}.example.com/${name}`, tags }]);
      ids[name] = added!.link.id;
      room.clock.advance(86_400_000);
    }
    for (const [title, searchText] of Object.entries(texts))
      await room.links.recordSnapshot(makeSnapshot({ linkId: ids[title]!, title, searchText }));
    await room.links.recordSnapshot(
      makeSnapshot({ linkId: ids.d!, title: 'd', verdict: 'failed', digest: null }),
    );
    const names = new Map(Object.entries(ids).map(([name, id]) => [id, name]));
    const find = async (query: LinkQuery) => {
      const page = await room.links.query(query);
      return page.links.map((link) => names.get(link.id)).join('');
    };
    return { ...room, ids, find };
  };

  test('query() answers words and facts, joined by and, or and not', async () => {
    const { find, jobs, links, ids } = await stock();
    await jobs.cancel((await links.get(ids.e!)).job!.id);
    const answers: Readonly<Record<string, string>> = {
      '': 'edcba',
      zebra: 'ba',
      'zebra giraffe': 'b',
      'giraffe OR 离线': 'ba',
      安装: 'ca',
      '-zebra': 'edc',
      'zebra -giraffe': 'a',
      'tag:ocp': 'ba',
      'tag:OCP/4.5 zebra': 'a',
      'tag:read OR 离线': 'cba',
      '-tag:ocp': 'edc',
      '-(zebra tag:read)': 'edca',
      'is:untagged': 'ed',
      'is:tagged -zebra': 'c',
      'is:failed': 'd',
      'is:pending': 'dcba',
      '-is:pending': 'e',
      'verdict:good': 'cba',
      '-verdict:good': 'ed',
      'site:example.com': 'edcba',
      'site:a.example.com': 'a',
      'site:ample.com': '',
      'site:b_example.com': '',
      'site:%': '',
      'after:2026-01-03': 'edc',
      'before:2026-01-03 tag:ocp': 'ba',
      'after:2d': 'ed',
      'nowhere-to-be-found': '',
      'nowhere-to-be-found OR is:untagged': 'ed',
      'tag:a\u0000b': '',
    };
    for (const [q, expected] of Object.entries(answers)) assert.equal(await find({ q }), expected, q);
    await assert.rejects(find({ q: 'verdict:nice' }), { code: 'search.badQuery' });
    await assert.rejects(find({ q: 'is:nice' }), { code: 'search.badQuery' });
  });

  test('query() sorts, and pages without losing or repeating a link', async () => {
    const { find, links, clock, ids } = await stock();
    assert.equal(await find({ sort: 'relevance', q: 'giraffe OR zebra' }), 'ba');
    clock.advance(1_000);
    await links.edit(ids.a!, { title: 'Zebra' });
    assert.equal(await find({ sort: 'updated' }), 'adcbe');
    assert.equal(await find({ sort: 'title' }), 'bcdea');
    assert.equal(await find({ sort: 'relevance' }), 'edcba');
    const queries: LinkQuery[] = [
      { sort: 'added' },
      { sort: 'updated' },
      { sort: 'title' },
      { sort: 'relevance', q: 'zebra OR 安装 OR is:untagged' },
      { sort: 'added', q: 'site:example.com -giraffe' },
    ];
    for (const query of queries) {
      const whole = (await links.query(query)).links.map((link) => link.id);
      for (const limit of [1, 2, 3]) {
        const seen: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await links.query({ ...query, limit, cursor });
          assert.equal(page.total, whole.length);
          assert.ok(page.links.length <= limit);
          seen.push(...page.links.map((link) => link.id));
          cursor = page.nextCursor ?? undefined;
        } while (cursor !== undefined);
        assert.deepEqual(seen, whole, `${JSON.stringify(query)} by ${limit}`);
      }
    }
  });

  test('query() keeps the order of one paste, newest first', async () => {
    const room = await setUp();
    const urls = Array.from({ length: 30 }, (_, n) => `https://example.com/${n}`);
    await room.links.add(urls.map((url) => ({ url })));
    const page = await room.links.query({ limit: 200 });
    assert.deepEqual(
      page.links.map((link) => link.url),
      urls.toReversed(),
    );
  });

  test('query() refuses a cursor that is not of this list', async () => {
    const { links } = await setUp();
    const of = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const cursor of [
      '',
      'x',
      of(null),
      of(['title', 'x', 'y']),
      of(['added', 'x', 'y']),
      of(['added', 1, 'a\0']),
    ])
      await assert.rejects(links.query({ cursor }), { code: 'links.badCursor' }, cursor);
  });

  test('query() shows where the words were found, and goes on where a text cannot be read', async () => {
    const { links, ids } = await stock();
    await links.recordSnapshot(
      makeSnapshot({ linkId: ids.e!, title: 'damaged', searchText: 'zebra', takenAt: Date.UTC(2026, 5) }),
    );
    const page = await links.query({ q: 'zebra' });
    assert.equal(page.total, 3);
    assert.deepEqual(Object.keys(page.excerpts).sort(), [ids.a, ids.b].sort());
    assert.deepEqual(page.excerpts[ids.a!]?.parts.slice(0, 2), ['The ', 'zebra']);
    assert.deepEqual((await links.query({ q: 'tag:ocp' })).excerpts, {});
  });

  test('query() costs as many queries for many links as for two', async () => {
    const room = await setUp();
    await room.links.add(
      Array.from({ length: 120 }, (_, n) => ({
        url: `https://example.com/word/${n}`,
        tags: ['t', `n/${n % 7}`],
      })),
    );
    for (const { id } of (await room.links.query({ limit: 100 })).links)
      await room.links.recordSnapshot(makeSnapshot({ linkId: id, searchText: 'zebra' }));
    const cost = (query: LinkQuery) =>
      countQueries(room.db, async (db) => {
        const { links } = createTestLinks(db, room.clock, { read: async () => 'zebra' });
        const page = await links.query(query);
        assert.equal(page.links.length, query.limit);
      });
    for (const query of [
      {},
      { q: 'tag:n is:tagged' },
      { q: 'zebra tag:t' },
      { q: 'zebra', sort: 'relevance' as const },
    ]) {
      const two = await cost({ ...query, limit: 2 });
      assert.equal(await cost({ ...query, limit: 100 }), two);
      assert.ok(two <= 14, `${JSON.stringify(query)} costs ${two} queries`);
    }
    assert.equal(await cost({ limit: 100 }), 7);
  });
});
