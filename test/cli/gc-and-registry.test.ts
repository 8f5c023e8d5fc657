import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadConfig } from '../../src/config/index.ts';
import { storeSnapshot } from '../../src/http/testing/stored-snapshot.ts';
import { readManifest } from '../../src/images/index.ts';
import { silentLogger } from '../../src/kernel/index.ts';
import { compose } from '../../src/main/compose.ts';

const hour = 3_600_000;

test('the collector keeps what the registry keeps, and frees what nothing there holds any more', async () => {
  const data = await mkdtemp(join(tmpdir(), 'holdfast-collector-'));
  const { config } = loadConfig({ env: {}, flags: { data }, cwd: data, defaultData: data });
  const rooms = await compose(config, silentLogger, []);
  const { store, catalog, collectGarbage } = rooms;
  try {
    const digest = await storeSnapshot(store, [{ mediaType: 'text/plain', bytes: 'a layer' }]);
    const { sizeBytes } = (await store.stat(digest))!;
    const { mediaType, config: about, layers } = readManifest(await store.bytes(digest), undefined, 'a/b');
    const blobs = [about!, ...layers];
    for (const blob of blobs) await catalog.addBlob('a/b', { digest: blob.digest, sizeBytes: blob.size });
    const rest = { artifactType: undefined, subject: undefined, annotations: {}, children: [] };
    await catalog.putManifest('a/b', { ...rest, digest, mediaType, sizeBytes, blobs }, 'v1');
    const loose = await store.put(Buffer.from('of a push that goes on'));
    await catalog.addBlob('a/b', loose);
    const garbage = await store.put(Buffer.from('of nobody'));
    const age = async () => {
      const folder = join(data, 'store/blobs/sha256');
      const old = new Date(Date.now() - 2 * hour);
      for (const name of await readdir(folder)) await utimes(join(folder, name), old, old);
    };
    await age();
    const dry = await collectGarbage({ dryRun: true });
    const done = await collectGarbage({});
    assert.deepEqual({ ...dry, dryRun: false }, done);
    assert.equal(done.freedBytes, garbage.sizeBytes);
    assert.ok(await store.stat(loose.digest));

    await catalog.deleteTag('a/b', 'v1');
    await catalog.deleteManifest('a/b', digest);
    await age();
    const last = await collectGarbage({ everything: true });
    // Its blobs are still seen in the repository for the grace, so that whoever pushes it again need not send them.
    assert.deepEqual([last.freed.unreferenced.count, last.kept.count], [1, 3]);
    assert.equal(await store.stat(digest), undefined);
  } finally {
    await rooms.close();
    await rm(data, { recursive: true });
  }
});
