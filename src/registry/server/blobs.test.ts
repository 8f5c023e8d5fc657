import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { freshBlob } from '../../../test/interop/registry-conformance/material.ts';
import { expectStatus } from '../../../test/interop/registry-conformance/world.ts';
import { openWorld } from '../testing/open-world.ts';

describe('blobs', () => {
  test('several clients that read at once, also slow ones, each get all bytes', async () => {
    const { url, name, pushBlob } = await openWorld();
    const blob = freshBlob(3_000_001);
    await pushBlob(blob);
    const digests = await Promise.all(
      Array.from({ length: 30 }, async (_, n) => {
        const answer = await fetch(`${url}/v2/${name}/blobs/${blob.digest}`);
        const hash = createHash('sha256');
        for await (const chunk of answer.body!) {
          hash.update(chunk);
          if (n % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
        }
        return `sha256:${hash.digest('hex')}`;
      }),
    );
    assert.deepEqual([...new Set(digests)], [blob.digest]);
  });

  test('one range that is meant for other bytes, or several, give the whole; an unchanged blob is 304', async () => {
    const { send, name, pushBlob } = await openWorld();
    const blob = freshBlob(100);
    await pushBlob(blob);
    const get = (headers: Record<string, string>) =>
      send('GET', `/v2/${name}/blobs/${blob.digest}`, { headers });
    for (const headers of [
      { range: 'bytes=0-1', 'if-range': '"x"' },
      { range: 'bytes=0-1,3-4' },
      { range: 'lines=1-2' },
      { range: 'bytes=9-3' },
    ] as Record<string, string>[])
      assert.equal(expectStatus(await get(headers), 200).body.length, 100);
    expectStatus(await get({ range: 'bytes=-0' }), 416);
    const etag = (await get({})).headers.etag!;
    expectStatus(await get({ range: 'bytes=0-1', 'if-range': etag }), 206);
    expectStatus(await get({ 'if-none-match': etag }), 304);
  });
});
