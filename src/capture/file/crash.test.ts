import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { digestOf } from '../../kernel/index.ts';
import { createFsBlobStore, verifyBlobs } from '../../store/index.ts';
import { until } from '../egress/testing/servers.ts';
import { keyOf } from './file-capture.ts';
import { codesOf, fileEngine, mebibyte } from './testing/file-engine.ts';
import { bytesOf, startFileServer } from './testing/file-server.ts';

const script = fileURLToPath(new URL('testing/crash-fetcher.ts', import.meta.url));
const size = 24 * mebibyte;
const half = 12 * mebibyte;
const bytes = bytesOf(size);

const startOf = (asked: string) => Number.parseInt(asked.split(' ')[1] ?? '0', 10);

/** The note beside the bytes that are on their way in, as it lies on the disk. */
function noteIn(root: string, url: string): string {
  const path = join(root, '.partial', keyOf(url), 'note');
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

it('a fetch that is killed with -9 in the middle is gone on with, and only the rest is asked for', async () => {
  const root = await mkdtemp(join(tmpdir(), 'holdfast-file-'));
  await using server = await startFileServer({ '/a.iso': { bytes, etag: '"1"' } });
  try {
    const store = await createFsBlobStore({ root });
    const url = `${server.origin}/a.iso`;
    server.interfere = (_, __, range) => (range![0] >= half ? true : undefined);
    const child = spawn(process.execPath, [script, root, url], { stdio: 'inherit' });
    // What waits is let go on, and nothing of it comes: the note of what came before has been written by then.
    await until(() => server.asked.some((each) => startOf(each) >= half));
    await until(() => noteIn(root, url).includes(`${half}`));
    await assert.rejects(store.partial(keyOf(url)), { code: 'store.partialBusy' });
    const closed = once(child, 'close');
    child.kill('SIGKILL');
    await closed;

    const { done } = JSON.parse(noteIn(root, url));
    assert.deepEqual(done, [[0, half]]);
    server.interfere = undefined;
    server.asked.length = 0;
    server.sentBytes = 0;
    const engine = fileEngine({ store });
    const outcome = await engine.take(url);
    assert.deepEqual([outcome.verdict, codesOf(outcome)], ['good', ['download', 'resumed']]);
    assert.ok(await store.stat(digestOf(bytes)));
    assert.deepEqual(await Array.fromAsync(verifyBlobs(store)), []);
    assert.deepEqual(await engine.partials(), []);
    assert.equal(server.sentBytes, size - half, 'bytes that were there were sent again');
    assert.ok(server.asked.every((each) => startOf(each) >= half));
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});
