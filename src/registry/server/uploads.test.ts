import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { createClient } from '../../../test/interop/registry-conformance/client.ts';
import { freshBlob } from '../../../test/interop/registry-conformance/material.ts';
import {
  codesOf,
  createWorld,
  expectStatus,
  withQuery,
} from '../../../test/interop/registry-conformance/world.ts';
import { openRegistry } from '../testing/open-registry.ts';
import { basic, openWorld } from '../testing/open-world.ts';

describe('uploads', () => {
  test('an upload goes on after a restart, for the one who began it alone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-restart-'));
    after(() => rm(folder, { recursive: true, force: true }));
    const blob = freshBlob(3_000_000);
    const first = await openRegistry({ folder });
    const location = await createWorld(createClient(first.url)).begin('a');
    expectStatus(
      await createClient(first.url)('PATCH', location, { body: blob.bytes.subarray(0, 2_000_000) }),
      202,
    );
    await first.close();
    const second = await openRegistry({ folder });
    after(() => second.close());
    const send = createClient(second.url);
    const state = expectStatus(await send('GET', location), 204);
    assert.equal(state.headers.range, '0-1999999');
    expectStatus(await createClient(second.url, basic('user', 'password'))('GET', location), 404);
    expectStatus(await send('GET', location.replace('/v2/a/', '/v2/b/')), 404);
    const rest = { body: blob.bytes.subarray(2_000_000), headers: { 'content-range': '2000000-2999999' } };
    expectStatus(await send('PUT', withQuery(location, `digest=${blob.digest}`), rest), 201);
    assert.deepEqual((await send('GET', `/v2/a/blobs/${blob.digest}`)).body, blob.bytes);
  });

  test('more open uploads than are allowed let the oldest go, and what came of it stays', async () => {
    const { send, begin } = await openWorld({ limits: { uploadsOpen: 2 } });
    const blob = freshBlob(1_000);
    const first = await begin('a');
    expectStatus(await send('PATCH', first, { body: blob.bytes }), 202);
    await begin('a');
    await begin('a');
    assert.equal(expectStatus(await send('GET', first), 204).headers.range, '0-999');
    expectStatus(await send('PUT', withQuery(first, `digest=${blob.digest}`)), 201);
  });

  test('uploads that nobody goes on with end', async () => {
    const { send, begin, server } = await openWorld();
    const location = await begin('a');
    expectStatus(await send('PATCH', location, { body: 'x' }), 202);
    assert.equal(await server.expireUploads(Date.now() - 60_000), 0);
    assert.equal(await server.expireUploads(Date.now() + 60_000), 1);
    expectStatus(await send('GET', location), 404);
  });

  test('a quota refuses a push with the figures, before and in the middle of the body', async () => {
    const { send, begin, quotas, pushBlob } = await openWorld();
    await quotas.set('a', 1_500);
    await pushBlob(freshBlob(1_000), 'a');
    const blob = freshBlob(1_000);
    const told = expectStatus(
      await send('POST', `/v2/a/blobs/uploads/?digest=${blob.digest}`, { body: blob.bytes }),
      413,
    );
    assert.deepEqual(codesOf(told), ['DENIED']);
    assert.match(told.body.toString(), /1000 of 1500 bytes are taken, 1000 more/);
    const chunked = { body: blob.bytes, headers: { 'transfer-encoding': 'chunked' } };
    expectStatus(await send('PATCH', await begin('a'), chunked), 413);
    await pushBlob(freshBlob(1_000), 'b');
  });
});
