import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { beforeEach, describe, it } from 'node:test';
import { type Digest, digestOf, hasCode } from '../kernel/index.ts';
import type { BlobStore } from './blob-store.ts';
import { noise } from './testing/noise.ts';

const hello = Buffer.from('hello');
const unknown = digestOf('what nobody stored');

/** What every adapter promises of blobs that come in over several processes; `opened` gives the store of the test. */
export function describePartials(opened: () => BlobStore): void {
  describe('partial()', () => {
    let store: BlobStore;
    beforeEach(() => {
      store = opened();
    });
    const bytes = noise(2_500_000, 9);
    const whole = digestOf(bytes);
    const held = async () =>
      (await Array.fromAsync(store.partials())).map(({ key, sizeBytes }) => [key, sizeBytes]);

    it('keeps what was written, and its note, for whoever opens it next', async () => {
      const first = await store.partial('layer-1');
      await first.write(0, bytes.subarray(0, 1_000_000));
      await first.setNote('etag "a"');
      await first.close();
      assert.deepEqual(await Array.fromAsync(store.list()), []);
      assert.deepEqual(await held(), [['layer-1', 1_000_000]]);
      const second = await store.partial('layer-1');
      assert.deepEqual([second.sizeBytes, second.note], [1_000_000, 'etag "a"']);
      await second.write(1_000_000, bytes.subarray(1_000_000));
      assert.deepEqual(await second.finish({ digest: whole }), { digest: whole, sizeBytes: bytes.length });
      assert.deepEqual(Buffer.from(await store.bytes(whole)), bytes);
      assert.deepEqual(await held(), []);
    });

    it('takes pieces in any order, side by side, and in order from the start', async () => {
      for (const starts of [
        [1_500_000, 0, 700_000],
        [0, 700_000, 1_500_000],
      ]) {
        const partial = await store.partial('ranges');
        const ends = [...starts.filter((at) => at > 0), bytes.length].toSorted((a, b) => a - b);
        await Promise.all(
          starts.map((at) =>
            partial.write(
              at,
              bytes.subarray(
                at,
                ends.find((end) => end > at),
              ),
            ),
          ),
        );
        assert.equal((await partial.finish({ sizeBytes: bytes.length })).digest, whole);
      }
    });

    it('can be cut and written anew from there', async () => {
      for (const cut of [0, 500_000]) {
        const partial = await store.partial('cut');
        await partial.write(0, noise(2_000_000, 3));
        await partial.write(0, bytes.subarray(0, 500_000));
        await partial.truncate(cut);
        assert.equal(partial.sizeBytes, cut);
        await partial.write(cut, bytes.subarray(cut));
        assert.equal((await partial.finish()).digest, whole);
      }
    });

    it('is refused and thrown away where it is not what was expected', async () => {
      for (const expected of [{ digest: unknown }, { sizeBytes: 7 }, { maxBytes: 7 }]) {
        const partial = await store.partial('wrong');
        await partial.write(0, bytes);
        await assert.rejects(partial.finish(expected), (error) =>
          ['store.mismatch', 'store.tooLarge'].some((code) => hasCode(error, code)),
        );
        assert.deepEqual(await held(), []);
        assert.deepEqual(await Array.fromAsync(store.list()), []);
      }
    });

    it('has one writer at a time, and a key that is no path', async () => {
      const first = await store.partial('busy');
      await assert.rejects(store.partial('busy'), (error) => hasCode(error, 'store.partialBusy'));
      await first.discard();
      assert.deepEqual(await held(), []);
      for (const key of ['', '../x', 'a/b', '.x', 'A', 'x'.repeat(161)])
        await assert.rejects(store.partial(key), (error) => hasCode(error, 'store.badPartialKey'), key);
    });

    it('may be hashed by sha512, and may be empty', async () => {
      const empty = await store.partial('empty');
      assert.deepEqual(await empty.finish(), { digest: digestOf(''), sizeBytes: 0 });
      const long: Digest = `sha512:${createHash('sha512').update(hello).digest('hex')}`;
      const partial = await store.partial('long');
      await partial.write(0, hello);
      assert.equal((await partial.finish({ digest: long })).digest, long);
    });
  });
}
