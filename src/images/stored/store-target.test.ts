import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Descriptor, digestOf, hasCode } from '../../kernel/index.ts';
import { createFsBlobStore, type FsBlobStore } from '../../store/index.ts';
import { startFakeRegistry } from '../testing/fake-registry.ts';
import { createStoreSource } from './store-source.ts';
import { createStoreTarget } from './store-target.ts';

const bytes = randomBytes(3_000_000);
const blob = { mediaType: 'application/octet-stream', digest: digestOf(bytes), size: bytes.length };

async function* cut(from: number, to = bytes.length) {
  for (let at = from; at < to; at += 100_000) yield bytes.subarray(at, Math.min(to, at + 100_000));
}
const cutThenBreak = async function* (from: number, to: number) {
  yield* cut(from, to);
  throw new Error('the line broke');
};

describe('the store as a target', () => {
  let folder: string;
  let store: FsBlobStore;
  const target = () => createStoreTarget({ store, name: 'store', partialFromBytes: 1_000_000 });
  const partials = async () => (await Array.fromAsync(store.partials())).map(({ key }) => key);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-target-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));
  beforeEach(async () => {
    store = await createFsBlobStore({ root: await mkdtemp(join(folder, 'store-')) });
  });

  test('goes on inside a large blob where an earlier try ended', async () => {
    const starts: number[] = [];
    await assert.rejects(
      target().putBlob(blob, async () => cutThenBreak(0, 1_700_000)),
      /the line broke/,
    );
    await target().putBlob(blob, async (start) => {
      starts.push(start);
      return cut(start);
    });
    assert.deepEqual(starts, [1_700_000]);
    assert.deepEqual(await store.bytes(blob.digest), bytes);
    assert.deepEqual(await partials(), []);
  });

  test('begins a blob anew whose earlier part was not right', async () => {
    const partial = await store.partial(blob.digest.replace(':', '-'));
    await partial.write(0, Buffer.alloc(500_000, 'x'));
    await partial.close();
    const starts: number[] = [];
    const open = async (start: number) => {
      starts.push(start);
      return cut(start);
    };
    await target().putBlob(blob, open);
    assert.deepEqual(starts, [500_000, 0]);
    assert.ok(await target().takes(blob));
    const wrong = { ...blob, digest: digestOf('other') };
    await assert.rejects(target().putBlob(wrong, open), (error) => hasCode(error, 'store.mismatch'));
    assert.deepEqual(await partials(), []);
  });

  test('waits for another writer of the same blob, and takes what that one brought', async () => {
    let opens = 0;
    const open = async (start: number) => {
      opens++;
      return cut(start);
    };
    await Promise.all([target().putBlob(blob, open), target().putBlob(blob, open)]);
    assert.equal(opens, 1);
  });

  test('gives small blobs that come in together few syncs, each its own error', async () => {
    const small = Array.from({ length: 40 }, (_, i) => Buffer.from(`blob ${i}`));
    let batches = 0;
    const counted = Object.create(store, {
      batch: {
        value: () => {
          batches++;
          return store.batch();
        },
      },
    });
    const to = createStoreTarget({ store: counted, name: 'store' });
    const put = (content: Buffer, digest = digestOf(content)) =>
      to.putBlob({ mediaType: 'text/plain', digest, size: content.length }, async () =>
        (async function* () {
          yield content;
        })(),
      );
    const ended = await Promise.allSettled([
      ...small.map((each) => put(each)),
      put(Buffer.from('a'), blob.digest),
    ]);
    assert.equal(ended.filter(({ status }) => status === 'rejected').length, 1);
    for (const each of small) assert.ok(await store.stat(digestOf(each)));
    assert.ok(batches <= 3, `${batches} batches`);
  });

  test('tells a damaged manifest from one that is held', async () => {
    const content = Buffer.from('{"schemaVersion":2}');
    const digest = digestOf(content);
    const manifest: Descriptor = {
      mediaType: 'application/vnd.oci.image.index.v1+json',
      digest,
      size: content.length,
    };
    const to = target();
    assert.equal(await to.heldManifest?.(digest), undefined);
    await to.putManifest(manifest, content);
    assert.deepEqual(Buffer.from((await to.heldManifest?.(digest))!), content);
    const source = createStoreSource({ store, name: 'store', tags: new Map([['v1', manifest]]) });
    assert.equal((await source.resolve('v1')).digest, digest);
    await assert.rejects(source.resolve('v2'), (error) => hasCode(error, 'images.notFound'));
    await assert.rejects(source.blob(blob), (error) => hasCode(error, 'images.partGone'));
  });

  test('killed inside a blob, a mirror goes on there', async () => {
    const fake = await startFakeRegistry();
    try {
      const large = randomBytes(12_000_000);
      const layer = fake.addBlob(large);
      fake.addManifest({ config: fake.addBlob('{}'), layers: [layer] }, 'v1');
      // The first answer stops in the middle for good.
      let isFirst = true;
      fake.intercept = (request, response) => {
        if (!request.url?.endsWith(layer.digest) || !isFirst) return false;
        isFirst = false;
        response.writeHead(200, { 'content-length': large.length });
        response.write(large.subarray(0, 8_000_000));
        return true;
      };
      const root = join(folder, 'killed');
      const script = fileURLToPath(new URL('../testing/mirror-child.ts', import.meta.url));
      const start = () =>
        spawn(process.execPath, ['--no-warnings', script, fake.host, root], { stdio: 'inherit' });
      const data = join(root, '.partial', layer.digest.replace(':', '-'), 'data');
      const child = start();
      const size = async () => (await stat(data).catch(() => undefined))?.size ?? 0;
      while ((await size()) < 5_000_000) await wait(20);
      child.kill('SIGKILL');
      await once(child, 'exit');
      const left = await size();
      fake.requests.length = 0;
      const ranges: (string | undefined)[] = [];
      fake.intercept = (request) => {
        if (request.url?.endsWith(layer.digest)) ranges.push(request.headers.range);
        return false;
      };
      const [code] = await once(start(), 'exit');
      assert.equal(code, 0);
      assert.deepEqual(ranges, [`bytes=${left}-`]);
      const mirrored = await createFsBlobStore({ root });
      assert.deepEqual(await mirrored.bytes(layer.digest), large);
      assert.deepEqual(await readdir(join(root, '.partial')), []);
    } finally {
      await fake.close();
    }
  });
});
