import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BlobStore, MemoryBlobStore, storeErrors } from '../../store/index.ts';
import { createCapture } from '../create-capture.ts';
import { createEgressGuard } from '../egress/index.ts';
import { allowedAddress, startOrigin } from '../egress/testing/servers.ts';
import { createMemoryReferrers } from '../snapshot/pdf.ts';

/** A store that has room for so many bytes in each blob. */
function fullStore(roomBytes: number): { store: BlobStore; held: Map<never, Uint8Array> } {
  const held = new Map<never, Uint8Array>();
  const store = new MemoryBlobStore(held);
  const open = store.batch.bind(store);
  store.batch = () => {
    const batch = open();
    const put = batch.put.bind(batch);
    batch.put = async (source, expected) => {
      const info = await put(source, expected);
      if (info.sizeBytes <= roomBytes) return info;
      throw storeErrors.full({ place: '/disk', neededBytes: info.sizeBytes, freeBytes: roomBytes });
    };
    return batch;
  };
  return { store, held };
}

for (const [what, path] of [
  ['a picture', '/'],
  ['the document', '/large'],
  ['a download', '/download'],
] as const)
  test(`a store that has no room for ${what} fails the capture, and no snapshot without it is kept`, async () => {
    await using site = await startOrigin((request, response) => {
      const large = Buffer.alloc(90_000, 'x');
      if (request.url === '/i.svg') response.setHeader('content-type', 'image/svg+xml').end(large);
      else if (request.url === '/download') response.setHeader('content-type', 'application/zip').end(large);
      else
        response
          .setHeader('content-type', 'text/html')
          .end(`<p>Words</p><img src="/i.svg">${request.url === '/large' ? large : ''}`);
    });
    const { store, held } = fullStore(60_000);
    const capture = createCapture({
      store,
      guard: createEgressGuard({ policy: { allow: [`${allowedAddress}/32`], never: [] } }),
      ...createMemoryReferrers(),
      software: 'Holdfast/test',
    });
    try {
      const url = `http://${allowedAddress}:${site.port}${path}`;
      const request = { url, signal: new AbortController().signal, onProgress: () => {} };
      await assert.rejects(capture.capture(request), { code: 'store.full' });
      assert.equal(held.size, 0);
    } finally {
      await capture.close();
    }
  });
