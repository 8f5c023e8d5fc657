import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { smallDisk } from '../../../test/support/small-disk.ts';
import { digestOf } from '../../kernel/index.ts';
import { createFsBlobStore, verifyBlobs } from '../../store/index.ts';
import { fileEngine, mebibyte } from './testing/file-engine.ts';
import { bytesOf, startFileServer } from './testing/file-server.ts';

it('a disk without room for a file is told of before anything is fetched, in exact bytes', async (test) => {
  await using disk = await smallDisk(test);
  if (!disk) return;
  const size = 20 * mebibyte;
  await using server = await startFileServer({ '/a.iso': { bytes: bytesOf(size), etag: '"1"' } });
  const engine = fileEngine({ store: await createFsBlobStore({ root: disk.root }) });
  await assert.rejects(
    engine.take(`${server.origin}/a.iso`),
    (error: Error & { code: string; details: object }) => {
      assert.equal(error.code, 'store.full');
      assert.partialDeepStrictEqual(error.details, { place: disk.root, neededBytes: size });
      return true;
    },
  );
  assert.equal(server.asked.length, 1);
  assert.deepEqual(await engine.partials(), []);
});

it('a disk that fills up on the way keeps what came, and the rest is fetched once there is room', async (test) => {
  await using disk = await smallDisk(test);
  if (!disk) return;
  const size = 3 * mebibyte;
  const bytes = bytesOf(size);
  await using server = await startFileServer({ '/a.iso': { bytes, etag: '"1"' } });
  const store = await createFsBlobStore({ root: disk.root });
  const engine = fileEngine({ store });
  const ballast = join(disk.root, 'ballast');
  server.interfere = (_, response, range) => {
    if (range![0] === 0) return undefined;
    // Somebody else takes the room between the check and the writing.
    const taken = writeFile(ballast, bytesOf(2.5 * mebibyte)).catch(() => {});
    void taken.then(() => {
      response.writeHead(206, {
        etag: '"1"',
        'content-range': `bytes ${range![0]}-${range![1] - 1}/${size}`,
      });
      response.end(bytes.subarray(...range!));
    });
    return true;
  };
  const url = `${server.origin}/a.iso`;
  await assert.rejects(engine.take(url), { code: 'store.full' });
  assert.ok((await engine.partials())[0]!.sizeBytes >= mebibyte);
  await rm(ballast);
  server.interfere = undefined;
  server.asked.length = 0;
  const outcome = await engine.take(url);
  assert.equal(outcome.verdict, 'good');
  assert.ok(server.asked.every((each) => !each.endsWith(` 0-${mebibyte - 1}`)));
  assert.ok(await store.stat(digestOf(bytes)));
  assert.deepEqual(await Array.fromAsync(verifyBlobs(store)), []);
});
