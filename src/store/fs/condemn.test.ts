import assert from 'node:assert/strict';
import { promises } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { afterEach, describe, it } from 'node:test';
import { type Digest, hasCode } from '../../kernel/index.ts';
import type { BlobStore } from '../blob-store.ts';
import { noise } from '../testing/noise.ts';
import { createFsBlobStore } from './fs-blob-store.ts';
import { scratchStore } from './testing/scratch.ts';

const real = { ...promises };

/** Runs `then` once, right before or right after the next call that has to do with a condemned blob. */
function at(moment: 'before' | 'after', call: 'rename' | 'lstat' | 'unlink', then: () => Promise<unknown>) {
  let waiting = true;
  const patched = async (...args: unknown[]) => {
    const isIt = waiting && args.some((arg) => /[/]\.condemned[/]sha256-/.test(String(arg)));
    if (isIt) waiting = false;
    if (isIt && moment === 'before') await then();
    const result = await (real[call] as (...args: unknown[]) => Promise<unknown>)(...args);
    if (isIt && moment === 'after') await then();
    return result;
  };
  Object.assign(promises, { [call]: patched });
  syncBuiltinESMExports();
}

/** Everything that makes a blob relied on, in a store that another process might have open. */
const reliances: Record<string, (store: BlobStore, bytes: Uint8Array, digest: Digest) => Promise<unknown>> = {
  touch: async (store, bytes, digest) => (await store.touch(digest)) ?? store.put(bytes),
  put: (store, bytes) => store.put(bytes),
  batch: async (store, bytes) => {
    const batch = store.batch();
    await batch.put(bytes);
    await batch.commit();
  },
  partial: async (store, bytes) => {
    const partial = await store.partial('p');
    await partial.write(0, bytes);
    await partial.finish();
  },
};

/** Every place in which somebody can come between the steps of freeing a blob. */
const moments = [
  ['before', 'rename'],
  ['after', 'rename'],
  ['after', 'lstat'],
  ['before', 'unlink'],
  ['after', 'unlink'],
] as const;

describe('a blob that is being freed', () => {
  afterEach(() => {
    Object.assign(promises, real);
    syncBuiltinESMExports();
  });

  for (const [moment, call] of moments)
    for (const [name, rely] of Object.entries(reliances))
      it(`is not lost to ${name}() ${moment} its ${call}`, async () => {
        await using scratch = await scratchStore({ renewAfterMs: 0 });
        const other = await createFsBlobStore({ root: scratch.root, renewAfterMs: 0 });
        const bytes = noise(5000, 1);
        const { digest } = await scratch.store.put(bytes);
        const sweep = await scratch.store.sweep();
        await new Promise((resolve) => setTimeout(resolve, 20));
        const untouchedSince = Date.now();
        let relied = false;
        at(moment, call, async () => {
          await rely(other, bytes, digest);
          relied = true;
          // Whoever relies on it finds it, at once and by any way.
          assert.equal((await other.stat(digest))?.sizeBytes, 5000);
          assert.equal((await other.bytes(digest)).length, 5000);
        });
        const freed = await sweep.free(digest, untouchedSince);
        await sweep.end();
        assert.ok(relied, 'nobody came between');
        assert.ok(Buffer.from(await other.bytes(digest)).equals(bytes));
        if (moment === 'before' && call === 'rename') assert.equal(freed, false);
        assert.deepEqual(await scratch.condemned(), []);
      });

  it('is found by whoever reads it in the moment before it is gone', async () => {
    await using scratch = await scratchStore();
    const { digest } = await scratch.store.put(noise(5000, 1));
    const other = await createFsBlobStore({ root: scratch.root });
    const sweep = await scratch.store.sweep();
    at('after', 'rename', async () => assert.equal((await other.bytes(digest)).length, 5000));
    assert.equal(await sweep.free(digest, Date.now() + 1000), false);
    await sweep.end();
  });

  it('comes back where the sweep cannot go on, with the reason told', async () => {
    await using scratch = await scratchStore();
    const { digest } = await scratch.store.put(noise(5000, 1));
    const sweep = await scratch.store.sweep();
    at('before', 'unlink', async () => {
      throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO' });
    });
    await assert.rejects(sweep.free(digest, Date.now() + 1000), (error) =>
      hasCode(error, 'store.unwritable'),
    );
    await sweep.end();
    assert.equal((await scratch.store.bytes(digest)).length, 5000);
  });
});
