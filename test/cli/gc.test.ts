import assert from 'node:assert/strict';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { attachPdf, findPdf } from '../../src/capture/snapshot/pdf.ts';
import { openDatabase } from '../../src/db/index.ts';
import { createReferrers } from '../../src/links/index.ts';
import { addTimeline, age, held, openWorkspace } from '../support/aged-library.ts';
import { newHoldfast } from '../support/holdfast.ts';

interface Report {
  dryRun: boolean;
  freedBytes: number;
  freed: Record<'unreferenced' | 'partial', { count: number; sizeBytes: number }>;
  young: { count: number };
  kept: { count: number };
  hasRules: boolean;
  links: { link: string; url: string; kept: number; freedBytes: number; removed: { id: string }[] }[];
}

describe('holdfast gc', () => {
  test('shows per link what the rules let go, frees just that, and leaves a sound store', async () => {
    const { run, data } = newHoldfast();
    const workspace = await openWorkspace(data);
    const page = await addTimeline(workspace, 'https://a.example/', ['one', 'two', 'three', 'four']);
    const release = await addTimeline(workspace, 'https://b.example/', ['five', 'six', 'seven'], ['ocp/4.5']);
    age(data);
    const rules = ['--keep', 'last=2, ocp: last=1'];
    assert.equal((await run(['pin', release.snapshots[2]!.id])).stdout, '1 snapshot was pinned\n');
    assert.match((await run(['pin'])).stdout, /^\w{26} .* https:\/\/b\.example\/\n$/);

    const before = await held(workspace);
    const dry = (await run(['gc', '--dry-run', '--json', ...rules])).json<Report>();
    assert.deepEqual(await held(workspace), before);
    assert.equal((await workspace.links.snapshots(page.id)).length, 4);
    assert.deepEqual(
      dry.links.map(({ url, kept, removed }) => [url, kept, removed.map(({ id }) => id)]).sort(),
      [
        ['https://a.example/', 2, page.snapshots.slice(2).map(({ id }) => id)],
        ['https://b.example/', 2, [release.snapshots[1]!.id]],
      ],
    );
    assert.equal(
      dry.links.reduce((sum, link) => sum + link.freedBytes, 0),
      dry.freedBytes,
    );
    assert.ok(dry.freedBytes > 0);

    const shown = await run(['gc', '-n', ...rules]);
    assert.equal(shown.code, 0, shown.stderr);
    assert.match(shown.stdout, /https:\/\/a\.example\/: 2 snapshots go \(.*\), 2 stay\n {2}\w{26} 20\d\d-/);
    assert.match(shown.stdout, /would be freed\n {2}\d+ blobs that nothing needs/);
    const done = (await run(['gc', '--json', ...rules])).json<Report>();
    assert.deepEqual(done, { ...dry, dryRun: false });
    assert.deepEqual(
      (await workspace.links.snapshots(page.id)).map(({ id }) => id),
      page.snapshots.slice(0, 2).map(({ id }) => id),
    );
    const verified = (await run(['verify', '--json'])).json<{ ok: boolean; unreferenced: number }>();
    assert.deepEqual([verified.ok, verified.unreferenced], [true, 0]);
    await workspace.close();
  });

  test('frees what a purged link had, with its PDF, and nothing that another link shares', async () => {
    const { run, data } = newHoldfast();
    const workspace = await openWorkspace(data);
    const kept = await addTimeline(workspace, 'https://a.example/', ['kept']);
    const before = await held(workspace);
    const gone = await addTimeline(workspace, 'https://b.example/', ['gone']);
    const db = openDatabase(join(data, 'holdfast.sqlite'));
    const { find, record, all } = createReferrers(db);
    const subject = gone.snapshots[0]!.digest!;
    await attachPdf({ store: workspace.store, recordReferrer: record }, subject, Buffer.from('%PDF gone'));
    age(data);
    await workspace.links.remove([gone.id]);
    const inTrash = await workspace.collectGarbage({});
    assert.equal(inTrash.freedBytes, 0, 'the trash still holds it');
    assert.ok(await findPdf({ store: workspace.store, findReferrer: find }, subject));
    await workspace.links.purge([gone.id]);
    const verified = (await run(['verify', '--json'])).json<{ ok: boolean; unreferenced: number }>();
    const freed = await run(['gc', '--lang', 'zh-CN']);
    assert.match(freed.stdout, /^已清理 .*\n {2}不再需要的数据块 5 个/);
    assert.match(freed.stderr, /没有设置规则/);
    assert.deepEqual([verified.ok, verified.unreferenced], [true, 5]);
    assert.deepEqual(await held(workspace), before);
    assert.deepEqual(await Array.fromAsync(all()), []);
    assert.equal((await workspace.links.snapshots(kept.id)).length, 1);
    await db.close();
    await workspace.close();
  });

  test('frees exactly the blobs of a capture that died between its last blob and its record', async () => {
    const { data } = newHoldfast();
    const workspace = await openWorkspace(data);
    await addTimeline(workspace, 'https://a.example/', ['first', 'second']);
    const before = await held(workspace);
    // All that a capture does but its last step: the snapshot is written and committed, and nobody hears of it.
    const { storeSnapshot } = await import('../../src/http/testing/stored-snapshot.ts');
    await storeSnapshot(workspace.store, [
      { role: 'html', mediaType: 'text/html', bytes: 'never recorded' },
      { mediaType: 'font/woff2', bytes: 'a font that all pages share' },
    ]);
    const young = await workspace.collectGarbage({});
    assert.deepEqual([young.freedBytes, young.young.count], [0, 2]);
    age(data);
    const atWork = await workspace.holdWhile({ sinceMs: Date.now() - 3 * 3_600_000 }, () =>
      workspace.collectGarbage({}),
    );
    assert.equal(atWork.freedBytes, 0, 'a capture at work holds what it wrote');
    assert.equal((await workspace.collectGarbage({})).freed.unreferenced.count, 2);
    assert.deepEqual(await held(workspace), before);
    await workspace.close();
  });

  test('refuses with a reason and an exit code what it must not do', async () => {
    const { run, data } = newHoldfast();
    const workspace = await openWorkspace(data);
    const { snapshots } = await addTimeline(workspace, 'https://a.example/', ['one']);
    age(data);
    await workspace.store.put(Buffer.from('garbage'));
    age(data);
    const before = await held(workspace);
    const cases: [args: string[], code: number, reason: RegExp][] = [
      [['--grace', '1s'], 2, /--grace is "1s"/],
      [['--keep', 'sometimes'], 2, /--keep has the rule "sometimes"/],
    ];
    for (const [args, code, reason] of cases) {
      const ended = await run(['gc', ...args]);
      assert.equal(ended.code, code);
      assert.match(ended.stderr, reason);
    }
    const place = join(data, 'store/blobs/sha256', snapshots[0]!.digest!.slice(7));
    writeFileSync(place, '{"damaged":true}');
    const damaged = await run(['gc', '--json']);
    assert.equal(damaged.code, 8);
    assert.equal(JSON.parse(damaged.stderr).code, 'store.corrupt');
    assert.deepEqual(await held(workspace), before);
    await workspace.close();

    // As if HOLDFAST_DATABASE had been forgotten.
    rmSync(place);
    const database = join(data, 'holdfast.sqlite');
    renameSync(database, `${database}-away`);
    const empty = await run(['gc', '--json']);
    assert.equal(empty.code, 4);
    assert.equal(JSON.parse(empty.stderr).code, 'store.nothingHeld');
    assert.equal((await run(['gc', '--everything', '--json'])).json<Report>().freed.unreferenced.count, 4);
  });
});
