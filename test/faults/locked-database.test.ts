import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { startChild } from '../support/child.ts';
import { newHoldfast, serveSite } from '../support/holdfast.ts';
import { numberedPage, ownTemp, startServer } from './support.ts';

for (const [seconds, what] of [
  [3, 'is waited for'],
  [20, 'ends in a clear error'],
] as const)
  test(`a database that another process locks for ${seconds} s ${what}, and no capture is lost`, {
    timeout: 120_000,
  }, async () => {
    const holdfast = newHoldfast();
    const origin = await serveSite((request, response) =>
      response.setHeader('content-type', 'text/html').end(numberedPage(request.url ?? '')),
    );
    const server = await startServer(holdfast, { TMPDIR: ownTemp(), HOLDFAST_CAPTURE_CONCURRENCY: '2' });
    const links = Array.from({ length: 6 }, (_, i) => ({ url: `${origin}/${i}` }));
    await server.api('/links', { links });
    const child = startChild(new URL('lock-child.ts', import.meta.url), [
      join(holdfast.data, 'holdfast.sqlite'),
      String(seconds * 1_000),
    ]);
    assert.equal(await child.line(), 'locked');
    const added = await holdfast.run(['add', `${origin}/late`, '--json']);
    if (seconds < 15) assert.equal(added.code, 0, added.stderr);
    else {
      assert.notEqual(added.code, 0);
      const { code, detail } = JSON.parse(added.stderr) as { code: string; detail: string };
      assert.equal(code, 'db.locked');
      assert.match(detail, /holdfast\.sqlite" stays locked by another process/);
    }
    await child.ended;
    await server.idle();
    const found = await server.links();
    assert.equal(found.length, seconds < 15 ? 7 : 6);
    for (const { url, snapshot, snapshotCount } of found)
      assert.deepEqual([snapshot?.verdict, snapshotCount], ['good', 1], url);
    server.started.child.kill('SIGTERM');
    assert.equal((await server.started.ended).code, 0);
    assert.equal((await holdfast.run(['verify', '--json'])).json<{ ok: boolean }>().ok, true);
  });
