import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Digest, digestOf, isDigest } from '../../kernel/index.ts';
import { noise } from '../testing/noise.ts';
import { verifyBlobs } from '../verify.ts';
import { createFsBlobStore } from './fs-blob-store.ts';
import { type ScratchStore, scratchStore } from './testing/scratch.ts';

const script = fileURLToPath(new URL('testing/crash-writer.ts', import.meta.url));

function startWriter(
  root: string,
  mode: string,
  seed: number,
): { child: ChildProcess; durable: Digest[]; lines: AsyncIterator<string> } {
  const child = spawn(process.execPath, [script, root, mode, String(seed)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const durable: Digest[] = [];
  const reader = createInterface({ input: child.stdout! });
  reader.on('line', (line) => void (isDigest(line) && durable.push(line)));
  return { child, durable, lines: reader[Symbol.asyncIterator]() };
}

/** Kills without warning and waits until everything it said has been read. */
async function kill(child: ChildProcess): Promise<void> {
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
}

async function assertSound(scratch: ScratchStore, durable: readonly Digest[]): Promise<void> {
  const reopened = await createFsBlobStore({ root: scratch.root });
  assert.deepEqual(await scratch.leftovers(), []);
  assert.deepEqual(await Array.fromAsync(verifyBlobs(reopened)), []);
  for (const digest of durable) assert.ok(await reopened.stat(digest), `${digest} was durable and is gone`);
}

describe('FsBlobStore and kill -9', () => {
  it('leaves a sound store in the middle of a put and of a batch', async () => {
    await using scratch = await scratchStore();
    const { child, lines } = startWriter(scratch.root, 'stalled-put', 1);
    assert.equal((await lines.next()).value, 'ready');
    assert.ok((await scratch.leftovers()).length >= 21, 'the kill must come while files are being written');
    await createFsBlobStore({ root: scratch.root });
    assert.ok((await scratch.leftovers()).length >= 21, 'files of a live process must stay');
    await kill(child);
    await assertSound(scratch, []);
    assert.deepEqual(await Array.fromAsync(scratch.store.list()), []);
  });

  for (const mode of ['puts', 'batches']) {
    it(`keeps what was durable and no half file, at any moment of many ${mode}`, async () => {
      await using scratch = await scratchStore();
      let caughtWriting = 0;
      // On a busy machine few kills fall into a write, so there are more until one did.
      for (let round = 0; round < 6 || (caughtWriting === 0 && round < 40); round++) {
        const { child, durable, lines } = startWriter(scratch.root, mode, round);
        await lines.next();
        // Anywhere in the run: after some lines, and a little later by chance.
        for (let i = 0; i < (round % 6) * 7; i++) await lines.next();
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
        await kill(child);
        caughtWriting += (await scratch.leftovers()).length;
        await assertSound(scratch, durable);
      }
      assert.ok(caughtWriting > 0, 'no kill fell into a write');
    });
  }
});

it('FsBlobStore keeps one sound blob when processes write and delete the same one', async () => {
  await using scratch = await scratchStore();
  const writers = [1, 2, 3].map(() => startWriter(scratch.root, 'same', 42));
  const codes = await Promise.all(writers.map(async ({ child }) => (await once(child, 'close'))[0]));
  assert.deepEqual(codes, [0, 0, 0]);
  assert.deepEqual(
    new Set(writers.flatMap(({ durable }) => durable)),
    new Set([digestOf(noise(8_000_000, 42))]),
  );
  await assertSound(scratch, []);
});
