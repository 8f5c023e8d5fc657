import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { type Digest, digestOf, hasCode } from '../kernel/index.ts';
import type { BlobStore, OpensBlobs } from './blob-store.ts';
import { chunkBytes } from './chunks.ts';
import { collect } from './collect.ts';
import { describePartials } from './partial-blob.contract.ts';
import { noise } from './testing/noise.ts';

/** A store under test, and what the suite does behind its back. */
export interface BlobStoreHarness {
  readonly store: BlobStore & OpensBlobs;
  /** Puts other bytes in the place of a blob. */
  damage(digest: Digest, bytes: Uint8Array): Promise<void>;
  /** How many temporary things the store holds. */
  leftovers(): Promise<number>;
  close(): Promise<void>;
}

const hello = Buffer.from('hello');
const unknown = digestOf('what nobody stored');

/** Splits bytes at the given places into a stream that reuses one buffer, as careless producers do. */
async function* inPieces(bytes: Uint8Array, cuts: readonly number[]) {
  const buffer = new Uint8Array(bytes.length);
  let from = 0;
  for (const cut of [...cuts.toSorted((a, b) => a - b), bytes.length]) {
    const piece = buffer.subarray(0, Math.max(0, cut - from));
    piece.set(bytes.subarray(from, from + piece.length));
    from += piece.length;
    yield piece;
    piece.fill(0xee);
  }
}

/** The suite that every adapter of `BlobStore` passes. */
export function describeBlobStore(name: string, open: () => Promise<BlobStoreHarness>): void {
  describe(name, () => {
    let harness: BlobStoreHarness;
    let store: BlobStore & OpensBlobs;
    beforeEach(async () => {
      harness = await open();
      store = harness.store;
    });
    afterEach(() => harness.close());

    const digests = async () => (await Array.fromAsync(store.list())).map((blob) => blob.digest).toSorted();
    const isEmpty = async () => {
      assert.deepEqual(await digests(), []);
      assert.equal(await harness.leftovers(), 0);
    };

    describe('open()', () => {
      it('reads from any offset into the buffer that it is given, also after the blob was deleted', async () => {
        const { digest } = await store.put(hello);
        const blob = await store.open(digest);
        assert.equal(blob.sizeBytes, 5);
        await store.delete(digest);
        const into = Buffer.alloc(3);
        assert.equal(await blob.read(into, 1), 3);
        assert.equal(into.toString(), 'ell');
        assert.equal(await blob.read(into, 4), 1);
        assert.equal(await blob.read(into, 5), 0);
        await blob.close();
        await assert.rejects(store.open(digest), (error) => hasCode(error, 'store.notFound'));
      });
    });

    describe('put()', () => {
      it('answers digest and size, and the bytes can be read', async () => {
        const blob = await store.put(hello);
        assert.deepEqual(blob, { digest: digestOf('hello'), sizeBytes: 5 });
        assert.deepEqual(await store.stat(blob.digest), blob);
        assert.deepEqual(Buffer.from(await store.bytes(blob.digest)), hello);
        assert.equal(await harness.leftovers(), 0);
      });

      it('keeps any bytes in any chunking, whatever the producer does with its buffer', async () => {
        const size = fc.oneof(
          fc.nat(5000),
          fc.constantFrom(
            0,
            1,
            chunkBytes - 1,
            chunkBytes,
            chunkBytes + 1,
            2 * chunkBytes,
            2 * chunkBytes + 7,
          ),
        );
        const input = fc.record({
          size,
          seed: fc.nat(),
          cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true })),
        });
        await fc.assert(
          fc.asyncProperty(input, async ({ size, seed, cuts }) => {
            const bytes = noise(size, seed);
            const blob = await store.put(
              inPieces(
                bytes,
                cuts.map((cut) => Math.floor(cut * size)),
              ),
            );
            assert.deepEqual(blob, { digest: digestOf(bytes), sizeBytes: size });
            assert.ok(bytes.equals(await store.bytes(blob.digest)));
          }),
          { numRuns: 40 },
        );
      });

      it('keeps an empty blob', async () => {
        const { digest } = await store.put(inPieces(Buffer.alloc(0), []));
        assert.deepEqual(await collect(await store.read(digest), 0), Buffer.alloc(0));
      });

      it('keeps a blob under the algorithm of the expected digest', async () => {
        const digest: Digest =
          'sha512:9b71d224bd62f3785d96d46ad3ea3d73319bfbc2890caadae2dff72519673ca72323c3d99ba5c11d7c7acc6e14b8c5da0c4663475c2e5c3adef46f73bcdec043';
        assert.deepEqual(await store.put(hello, { digest }), { digest, sizeBytes: 5 });
        assert.deepEqual(await digests(), [digest]);
        assert.deepEqual(Buffer.from(await store.bytes(digest)), hello);
      });

      it('refuses bytes with another digest or size, and leaves nothing', async () => {
        const wrong = [
          { digest: unknown },
          { sizeBytes: 4 },
          { sizeBytes: 6 },
          { digest: unknown, sizeBytes: 5 },
        ];
        for (const expected of wrong) {
          const mismatch = (error: unknown) => hasCode(error, 'store.mismatch');
          await assert.rejects(store.put(hello, expected), mismatch);
          await assert.rejects(store.put(inPieces(hello, [2]), expected), mismatch);
        }
        await assert.rejects(
          store.put(noise(2 * chunkBytes, 1), { digest: unknown }),
          /not the expected blob/,
        );
        await isEmpty();
      });

      it('refuses other bytes under the digest of a blob that is held', async () => {
        const { digest } = await store.put(hello);
        const other = store.put(inPieces(Buffer.from('HELLO'), []), { digest, sizeBytes: 5 });
        await assert.rejects(other, (error) => hasCode(error, 'store.mismatch'));
        assert.deepEqual(Buffer.from(await store.bytes(digest)), hello);
      });

      it('stops a source that gives more than it may, and leaves nothing', async () => {
        let stopped = false;
        async function* endless() {
          try {
            for (;;) yield noise(300_000, 1);
          } finally {
            stopped = true;
          }
        }
        const putting = store.put(endless(), { maxBytes: 3 * chunkBytes });
        await assert.rejects(putting, (error) => hasCode(error, 'store.tooLarge'));
        assert.ok(stopped);
        await isEmpty();
      });

      it('passes an error of the source on, and leaves nothing', async () => {
        async function* broken() {
          yield noise(3 * chunkBytes, 1);
          throw new Error('the cable was pulled');
        }
        await assert.rejects(store.put(broken()), /the cable was pulled/);
        await isEmpty();
      });

      it('keeps one blob when many write it at once', async () => {
        const bytes = noise(2 * chunkBytes + 5, 7);
        const blobs = await Promise.all(Array.from({ length: 8 }, () => store.put(inPieces(bytes, [9]))));
        assert.equal(new Set(blobs.map((blob) => blob.digest)).size, 1);
        assert.deepEqual(await digests(), [digestOf(bytes)]);
        assert.equal(await harness.leftovers(), 0);
      });

      it('repairs a blob that was cut short', async () => {
        const { digest } = await store.put(hello);
        await harness.damage(digest, hello.subarray(0, 3));
        await store.put(hello);
        assert.deepEqual(Buffer.from(await store.bytes(digest)), hello);
      });
    });

    describe('read()', () => {
      it('gives exactly the bytes of a range', async () => {
        const bytes = noise(chunkBytes + 5000, 3);
        const { digest } = await store.put(bytes);
        const place = fc.nat(bytes.length + 10);
        await fc.assert(
          fc.asyncProperty(fc.nat(bytes.length), place, async (start, length) => {
            const end = start + length;
            const read = await collect(await store.read(digest, { start, end }), bytes.length);
            assert.ok(bytes.subarray(start, end).equals(read));
          }),
          { numRuns: 40 },
        );
        assert.ok(
          bytes.subarray(70).equals(await collect(await store.read(digest, { start: 70 }), bytes.length)),
        );
      });

      it('refuses a range outside the blob before the first byte', async () => {
        const { digest } = await store.put(hello);
        for (const range of [
          { start: 6 },
          { start: -1 },
          { start: 3, end: 2 },
          { start: 0.5 },
          { start: Number.NaN },
        ])
          await assert.rejects(store.read(digest, range), (error) => hasCode(error, 'store.badRange'));
      });

      it('fails before the first byte where the blob is not held', async () => {
        await assert.rejects(store.read(unknown), (error) => hasCode(error, 'store.notFound'));
        await assert.rejects(store.bytes(unknown), (error) => hasCode(error, 'store.notFound'));
        assert.equal(await store.stat(unknown), undefined);
      });

      it('never takes a text that is no digest for a place', async () => {
        for (const text of [
          'sha256:../../oci-layout',
          '../index.json',
          '',
          'sha256:',
          `sha256:${'A'.repeat(64)}`,
        ]) {
          assert.equal(await store.stat(text as Digest), undefined);
          await assert.rejects(store.read(text as Digest), (error) => hasCode(error, 'store.notFound'));
          assert.equal(await store.delete(text as Digest), false);
        }
      });

      it('hands out bytes that may be written over', async () => {
        const { digest } = await store.put(hello);
        (await store.bytes(digest)).fill(0);
        for await (const chunk of await store.read(digest)) chunk.fill(0);
        assert.deepEqual(Buffer.from(await store.bytes(digest)), hello);
      });
    });

    describe('bytes()', () => {
      it('refuses a blob that is larger than asked for', async () => {
        const { digest } = await store.put(hello);
        await assert.rejects(store.bytes(digest, 4), (error) => hasCode(error, 'store.tooLarge'));
        assert.equal((await store.bytes(digest, 5)).length, 5);
      });

      it('refuses damaged bytes', async () => {
        const { digest } = await store.put(hello);
        await harness.damage(digest, Buffer.from('hellO'));
        await assert.rejects(store.bytes(digest), (error) => hasCode(error, 'store.corrupt'));
      });
    });

    it('list() names every blob once, and delete() frees one', async () => {
      const blobs = await Promise.all([1, 2, 3].map((seed) => store.put(noise(seed * 10, seed))));
      const first = blobs[0]!.digest;
      assert.deepEqual(await digests(), blobs.map((blob) => blob.digest).toSorted());
      assert.equal(await store.delete(first), true);
      assert.equal(await store.delete(first), false);
      assert.equal(await store.stat(first), undefined);
      assert.equal((await digests()).length, 2);
    });

    describe('batch()', () => {
      it('shows nothing before commit() and everything after', async () => {
        const batch = store.batch();
        const blobs = await Promise.all(
          [1, 2, 3, 4].map((seed) => batch.put(inPieces(noise(50_000, seed), [8]))),
        );
        assert.deepEqual(await digests(), []);
        assert.ok(noise(50_000, 2).equals(await batch.bytes(blobs[1]!.digest)));
        await assert.rejects(batch.bytes(blobs[1]!.digest, 100), (error) => hasCode(error, 'store.tooLarge'));
        await batch.commit();
        assert.deepEqual(await digests(), blobs.map((blob) => blob.digest).toSorted());
        assert.equal(await harness.leftovers(), 0);
      });

      it('leaves nothing after abort(), also of what was still coming in', async () => {
        const batch = store.batch();
        await batch.put(noise(2 * chunkBytes, 1));
        const late = batch.put(inPieces(noise(2 * chunkBytes, 2), [10, 20])).catch(() => {});
        await batch.abort();
        await late;
        await batch.abort();
        await isEmpty();
      });

      it('keeps the rest when one blob fails', async () => {
        const batch = store.batch();
        await assert.rejects(batch.put(hello, { digest: unknown }), (error) =>
          hasCode(error, 'store.mismatch'),
        );
        const { digest } = await batch.put(hello);
        await batch.commit();
        assert.deepEqual(await digests(), [digest]);
      });

      it('takes the same blob twice, and one that the store holds, as one', async () => {
        const held = await store.put(hello);
        const batch = store.batch();
        await Promise.all([batch.put(hello), batch.put(noise(9, 1)), batch.put(noise(9, 1))]);
        await batch.put(noise(9, 1));
        assert.deepEqual(Buffer.from(await batch.bytes(held.digest)), hello);
        await batch.commit();
        assert.equal((await digests()).length, 2);
        assert.equal(await harness.leftovers(), 0);
      });

      it('ends with the first commit() or abort()', async () => {
        const ended = (error: unknown) => hasCode(error, 'store.batchEnded');
        const committed = store.batch();
        await committed.commit();
        await assert.rejects(committed.commit(), ended);
        await assert.rejects(committed.put(hello), ended);
        await committed.abort();
        const aborted = store.batch();
        await aborted.abort();
        await assert.rejects(aborted.commit(), ended);
        await assert.rejects(aborted.put(hello), ended);
        await isEmpty();
      });
    });

    describePartials(() => store);
  });
}
