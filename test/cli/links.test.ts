import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newHoldfast } from '../support/holdfast.ts';

interface LinkJson {
  id: string;
  url: string;
  title: string;
  tags: string[];
  note: string;
  created?: boolean;
  snapshot: { id: string } | null;
  job: { id: string; state: string } | null;
}

describe('holdfast on the command line, without a server', () => {
  const { run } = newHoldfast();
  const list = async (...args: string[]) => (await run(['list', '--json', ...args])).json<LinkJson[]>();

  test('add keeps links at once and says when their snapshots are taken', async () => {
    const added = await run([
      'add',
      'https://a.example/x',
      'https://b.example/',
      '-t',
      'ocp/4.5',
      '--tag',
      '镜像',
    ]);
    assert.equal(added.code, 0, added.stderr);
    assert.match(
      added.stdout,
      /^kept +\w{26} https:\/\/a\.example\/x\nkept +\w{26} https:\/\/b\.example\/\n$/,
    );
    assert.match(added.stderr, /2 snapshots are taken when a server runs/);
    const links = await list();
    assert.deepEqual(links.map((link) => link.url).sort(), ['https://a.example/x', 'https://b.example/']);
    for (const link of links) {
      assert.deepEqual(link.tags, ['ocp/4.5', '镜像']);
      assert.equal(link.snapshot, null);
      assert.equal(link.job?.state, 'queued');
    }
  });

  test('add finds a link that exists instead of doubling it, and adds its tags', async () => {
    const [again] = (
      await run(['add', 'HTTPS://A.example:443/x?utm_source=mail#top', '--tag', 'more', '--json'])
    ).json<LinkJson[]>();
    assert.equal(again?.created, false);
    assert.equal(again?.url, 'https://a.example/x');
    assert.deepEqual([...again!.tags].sort(), ['more', 'ocp/4.5', '镜像']);
    assert.equal((await list()).length, 2);
  });

  test('add - reads one link from each line of the standard input', async () => {
    const input = '\uFEFFhttps://c.example/1\r\n\n  https://c.example/2  \n';
    const added = (await run(['add', '-', '--note', 'from a file', '--json'], { input })).json<LinkJson[]>();
    assert.deepEqual(
      added.map((link) => [link.url, link.note]),
      [
        ['https://c.example/1', 'from a file'],
        ['https://c.example/2', 'from a file'],
      ],
    );
    assert.equal((await run(['add', '-'], { input: '\n \n' })).code, 2);
  });

  test('add refuses all where one is bad, names each, and keeps none', async () => {
    const before = (await list()).length;
    const bad = await run([
      'add',
      'https://good.example/',
      'file:///etc/passwd',
      'data:text/html,x',
      '--json',
    ]);
    assert.equal(bad.code, 2);
    assert.equal(bad.stdout, '');
    const problem = JSON.parse(bad.stderr);
    assert.equal(problem.code, 'links.badLinks');
    assert.deepEqual(
      problem.errors.map((error: { path: string; code: string }) => [error.path, error.code]),
      [
        ['links[1].url', 'links.refusedScheme'],
        ['links[2].url', 'links.refusedScheme'],
      ],
    );
    assert.equal((await list()).length, before);
  });

  test('list finds by tag, word and limit, and finds nothing where there is nothing', async () => {
    assert.equal((await list('tag:ocp')).length, 2);
    assert.deepEqual(
      (await list('a.example')).map((link) => link.url),
      ['https://a.example/x'],
    );
    assert.equal((await list('--limit', '3')).length, 3);
    assert.equal((await list('--sort', 'title', '--limit', '1')).length, 1);
    assert.deepEqual(await list('没有的词'), []);
    const some = await run(['list', '--limit', '1']);
    assert.match(some.stderr, /^1 of 4; --limit shows more$/m);
  });

  test('show, tag and others take the beginning of an id as long as it is the only one', async () => {
    const [link, other] = await list();
    let length = 1;
    while (other!.id.startsWith(link!.id.slice(0, length))) length++;
    const unique = link!.id.slice(0, 26 - 1);
    assert.equal((await run(['show', unique, '--json'])).json<LinkJson>().id, link!.id);
    assert.equal((await run(['show', unique.toUpperCase(), '--json'])).json<LinkJson>().id, link!.id);
    const ambiguous = await run(['show', link!.id.slice(0, 1)]);
    assert.equal(ambiguous.code, 2);
    assert.match(ambiguous.stderr, /Several ids begin with "0"/);
    for (const ref of ['zzzz', '%', "0' or '1'='1", `sha256:${'0'.repeat(64)}`])
      assert.equal((await run(['show', ref])).code, 3, ref);
  });

  test('tag puts tags on and takes tags off', async () => {
    const [link] = await list('a.example');
    const [changed] = (await run(['tag', link!.id, '--add', '新', '--remove', 'more', '--json'])).json<
      LinkJson[]
    >();
    assert.deepEqual([...changed!.tags].sort(), ['ocp/4.5', '新', '镜像'].sort());
    assert.equal((await run(['tag', link!.id])).code, 2);
    assert.equal((await run(['tag', link!.id, '--add', 'a,b'])).code, 2);
  });

  test('remove puts into the trash, restore takes out, --purge ends for good', async () => {
    const [link] = await list('c.example/1');
    const removed = await run(['remove', link!.id]);
    assert.match(removed.stderr, new RegExp(`holdfast restore ${link!.id}`));
    assert.deepEqual(await list('c.example/1'), []);
    assert.deepEqual(
      (await list('--trash')).map((it) => it.id),
      [link!.id],
    );
    assert.equal((await run(['restore', link!.id, '--json'])).json<{ restored: number }>().restored, 1);
    assert.equal((await list('c.example/1')).length, 1);
    assert.equal((await run(['remove', link!.id, '--purge', '--json'])).json<{ purged: number }>().purged, 1);
    assert.equal((await run(['show', link!.id])).code, 3);
  });

  test('jobs shows the queue; a job can be cancelled and tried again', async () => {
    const queue = async () =>
      (await run(['jobs', '--json'])).json<{ served: boolean; jobs: { id: string; state: string }[] }>();
    const { served, jobs } = await queue();
    assert.equal(served, false);
    const [job] = jobs.filter((it) => it.state === 'queued');
    const stateOf = async () => (await queue()).jobs.find((it) => it.id === job!.id)?.state;
    assert.equal((await run(['jobs', '--cancel', job!.id])).code, 0);
    assert.equal(await stateOf(), 'cancelled');
    assert.equal((await run(['jobs', '--retry', job!.id])).code, 0);
    assert.equal(await stateOf(), 'queued');
    assert.equal((await run(['jobs', '--cancel', 'none'])).code, 3);
    assert.match((await run(['jobs'])).stderr, /No server runs/);
  });

  test('get says that a link has no snapshot yet, and refuses a form that there is none of', async () => {
    const [link] = await list();
    assert.equal((await run(['get', link!.id, '--as', 'html'])).code, 3);
    assert.equal((await run(['get', link!.id, '--as', 'docx'])).code, 2);
    assert.equal((await run(['get', link!.id])).code, 2);
  });

  test('verify finds an empty store good', async () => {
    const verified = await run(['verify', '--json']);
    assert.equal(verified.code, 0);
    assert.deepEqual(verified.json<{ ok: boolean; faults: unknown[] }>().faults, []);
  });
});
