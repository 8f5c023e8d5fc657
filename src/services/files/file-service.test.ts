import assert from 'node:assert/strict';
import { rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { digestOf, hasCode } from '../../kernel/index.ts';
import { createFileService } from './file-service.ts';
import { openFiles } from './testing/open-files.ts';

const text = 'The quick brown fox jumps over the lazy dog';

describe('a file service', () => {
  test('gives the whole, its length, its digest as entity tag, and for HEAD the same without the bytes', async (t) => {
    const { get } = await openFiles(t, () => ({ entries: [{ path: '/a.ign', from: { bytes: text } }] }));
    const whole = await get('/a.ign?anything');
    assert.equal(whole.status, 200);
    assert.equal(whole.headers.get('etag'), `"${digestOf(text)}"`);
    assert.equal(whole.headers.get('content-type'), 'application/vnd.coreos.ignition+json');
    assert.equal(await whole.text(), text);
    const head = await get('/a.ign', {}, 'HEAD');
    assert.equal(head.headers.get('content-length'), String(text.length));
    assert.equal(await head.text(), '');
  });

  test('gives one range, and several as parts whose length is told before', async (t) => {
    const { get } = await openFiles(t, () => ({ entries: [{ path: '/a', from: { bytes: text } }] }));
    const one = await get('/a', { range: 'bytes=4-8' });
    assert.equal(one.status, 206);
    assert.equal(one.headers.get('content-range'), `bytes 4-8/${text.length}`);
    assert.equal(await one.text(), 'quick');
    const several = await get('/a', { range: 'bytes=0-2,-3' });
    const body = await several.text();
    const boundary = /boundary=(\w+)/.exec(several.headers.get('content-type') ?? '')?.[1];
    assert.deepEqual(
      body.split(`\r\n--${boundary}`).map((part) => part.split('\r\n\r\n')[1]),
      [undefined, 'The', 'dog', undefined],
    );
    assert.equal(Number(several.headers.get('content-length')), body.length);
    const beyond = await get('/a', { range: 'bytes=100-' });
    assert.equal(beyond.status, 416);
    assert.equal(beyond.headers.get('content-range'), `bytes */${text.length}`);
  });

  test('weighs If-None-Match, If-Match and If-Range against the bytes of the moment', async (t) => {
    const { get } = await openFiles(t, () => ({ entries: [{ path: '/a', from: { bytes: text } }] }));
    const etag = `"${digestOf(text)}"`;
    assert.equal((await get('/a', { 'if-none-match': `"x", W/${etag}` })).status, 304);
    assert.equal((await get('/a', { 'if-none-match': '"x"' })).status, 200);
    assert.equal((await get('/a', { 'if-match': '"x"' })).status, 412);
    assert.equal((await get('/a', { 'if-range': etag, range: 'bytes=0-1' })).status, 206);
    assert.equal((await get('/a', { 'if-range': `W/${etag}`, range: 'bytes=0-1' })).status, 200);
    assert.equal((await get('/a', { 'if-range': '"old"', range: 'bytes=0-1' })).status, 200);
  });

  test('gives a file another entity tag once its bytes are others', async (t) => {
    const { get, folder } = await openFiles(t, (root) => ({
      entries: [{ path: '/image', from: { file: join(root, 'image') } }],
    }));
    const place = join(folder, 'image');
    await writeFile(place, 'first');
    const first = await get('/image');
    assert.equal(await first.text(), 'first');
    const etag = first.headers.get('etag') ?? '';
    assert.equal((await get('/image', { 'if-none-match': etag })).status, 304);
    await writeFile(join(folder, 'next'), 'other');
    const when = new Date(first.headers.get('last-modified') ?? '');
    await utimes(join(folder, 'next'), when, when);
    await rename(join(folder, 'next'), place);
    const resumed = await get('/image', { range: 'bytes=3-', 'if-range': etag });
    assert.equal(resumed.status, 200);
    assert.equal(await resumed.text(), 'other');
  });

  test('ends the connection rather than mix the bytes of two versions', async (t) => {
    const { get, folder, service, ended } = await openFiles(t, (root) => ({
      entries: [{ path: '/image', from: { file: join(root, 'image') } }],
    }));
    const place = join(folder, 'image');
    const sizeBytes = 32 * 1024 * 1024;
    await writeFile(place, Buffer.alloc(sizeBytes, 'a'));
    const response = await get('/image');
    assert.equal(response.headers.get('content-length'), String(sizeBytes));
    await writeFile(place, Buffer.alloc(sizeBytes, 'b'));
    let sawOther = false;
    await assert.rejects(async () => {
      for await (const chunk of response.body!) sawOther ||= chunk.includes('b'.charCodeAt(0));
    });
    assert.equal(sawOther, false);
    await ended(1);
    assert.equal(service.fetches()[0]?.complete, false);
  });

  test('says in plain words why a file is not given out now', async (t) => {
    let reason: string | undefined =
      'Ignition of 2020-09-01 is older than 24 h; run: holdfast cluster ignition';
    const { get } = await openFiles(t, () => ({
      entries: [{ path: '/m.ign', from: { bytes: '{}' }, refuse: () => reason }],
    }));
    const refused = await get('/m.ign');
    assert.equal(refused.status, 410);
    assert.equal(await refused.text(), `"/m.ign" is not given out: ${reason}\n`);
    reason = undefined;
    assert.equal((await get('/m.ign')).status, 200);
  });

  test('follows aliases without a redirect, and not in circles', async (t) => {
    const { get } = await openFiles(t, () => ({
      entries: [
        { path: '/long/name.txt', from: { bytes: text } },
        { path: '/r', from: { alias: '/long/name.txt' } },
        { path: '/circle', from: { alias: '/circle' } },
      ],
    }));
    const aliased = await get('/r');
    assert.equal(aliased.redirected, false);
    assert.equal(aliased.headers.get('content-type'), 'text/plain; charset=utf-8');
    assert.equal(await aliased.text(), text);
    assert.equal((await get('/circle')).status, 404);
  });

  test('lists nothing unless it was told to, and then no path that is for planned machines', async (t) => {
    const entries = [
      { path: '/image', from: { bytes: text } },
      { path: '/m.ign', from: { bytes: '{}' }, access: 'planned' as const },
    ];
    const closed = await openFiles(t, () => ({ entries }));
    assert.equal((await closed.get('/')).status, 404);
    const open = await openFiles(t, () => ({ entries, listing: true }));
    assert.equal(await (await open.get('/')).text(), '/image\n');
  });

  test('refuses entries that would hide each other or that are no plain path', () => {
    for (const path of ['a', '/a/../b', '/a//b', '/a\nb'])
      assert.throws(
        () => createFileService({ entries: [{ path, from: { bytes: '' } }] }),
        (error) => hasCode(error, 'files.badEntry'),
      );
    const twice = { path: '/a', from: { bytes: '' } };
    assert.throws(
      () => createFileService({ entries: [twice, twice] }),
      (error) => hasCode(error, 'files.badEntry'),
    );
  });

  test('goes on with other entries where they are put in the place of the old ones', async (t) => {
    const { get, service } = await openFiles(t, () => ({
      entries: [{ path: '/a', from: { bytes: 'old' } }],
    }));
    service.update({ entries: [{ path: '/b', from: { make: () => 'new' } }] });
    assert.equal((await get('/a')).status, 404);
    assert.equal(await (await get('/b')).text(), 'new');
  });
});
