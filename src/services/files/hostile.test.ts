import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { openFiles } from './testing/open-files.ts';

const ask = (target: string, method = 'GET') =>
  `${method} ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;
const statusOf = (answer: string) => Number(answer.split(' ')[1]);

describe('a hostile client', { timeout: 60_000 }, () => {
  test('gets nothing from outside a folder, by whatever way', async (t) => {
    const { raw, folder } = await openFiles(t, (root) => ({
      entries: [{ path: '/f', from: { folder: join(root, 'public') } }],
    }));
    await mkdir(join(folder, 'public', 'sub'), { recursive: true });
    await mkdir(join(folder, 'public-not'));
    await writeFile(join(folder, 'secret'), 'secret');
    await writeFile(join(folder, 'public-not', 'secret'), 'secret');
    await writeFile(join(folder, 'public', 'sub', 'file'), 'open');
    await symlink('../secret', join(folder, 'public', 'link'));
    await symlink('../public-not', join(folder, 'public', 'folder'));
    await symlink('sub/file', join(folder, 'public', 'inner'));
    spawnSync('mkfifo', [join(folder, 'public', 'pipe')]);
    const targets = [
      '/f/../secret',
      '/f/%2e%2e/secret',
      '/f/%2e%2e%2fsecret',
      '/f/sub/../../secret',
      '/f/..%5csecret',
      '/f/%00',
      '/f/%c0%ae%c0%ae/secret',
      '/f/link',
      '/f/folder/secret',
      '/f/',
      '/f',
      '/f/sub',
      '/f/sub/',
      '/f/pipe',
      '//f//..//secret',
      '*',
      'http://x/f/../secret',
    ];
    for (const target of targets) {
      const answer = await raw(ask(target));
      assert.ok([400, 404].includes(statusOf(answer)), `${target}: ${answer.split('\r\n')[0]}`);
      assert.ok(!answer.split('\r\n\r\n')[1]!.includes('secret\n'), target);
    }
    assert.match(await raw(ask('/f/sub/file')), /\r\n\r\nopen$/);
    assert.match(await raw(ask('/f/inner')), /\r\n\r\nopen$/);
    assert.match(await raw(ask('http://elsewhere/f/sub/file')), /\r\n\r\nopen$/);
  });

  test('is refused other methods, and its body is not waited for', async (t) => {
    const { raw } = await openFiles(t, () => ({ entries: [{ path: '/a', from: { bytes: 'a' } }] }));
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND']) {
      const answer = await raw(ask('/a', method));
      assert.equal(statusOf(answer), 405);
      assert.match(answer, /\r\nallow: GET, HEAD\r\n/);
    }
  });

  test('writes no control characters into the log', async (t) => {
    const { raw, service, ended } = await openFiles(t, () => ({ entries: [] }));
    await raw('GET /%C2%9B31m HTTP/1.1\r\nHost: x\r\nUser-Agent: a\u0085b\r\nConnection: close\r\n\r\n');
    await ended(1);
    const [fetch] = service.fetches();
    assert.doesNotMatch(`${fetch?.path}${fetch?.servedPath}${fetch?.userAgent}`, /\p{Cc}/u);
  });

  test('that sends its request a byte at a time is let go', async (t) => {
    const { port } = await openFiles(t, () => ({
      entries: [{ path: '/a', from: { bytes: 'a' } }],
      limits: { headersMs: 200, requestMs: 200 },
    }));
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    socket.resume();
    socket.write('GET /a HTTP/1.1\r\n');
    const drip = setInterval(() => socket.write('X-A: b\r\n'), 50);
    await once(socket, 'close');
    clearInterval(drip);
  });

  test('that stops reading is let go, and the file with it', async (t) => {
    const { port, service, ended, folder } = await openFiles(t, (root) => ({
      entries: [{ path: '/big', from: { file: join(root, 'big') } }],
      limits: { receiveMs: 300 },
    }));
    await writeFile(join(folder, 'big'), Buffer.alloc(64 * 1024 * 1024));
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write(ask('/big'));
    await ended(1);
    const [fetch] = service.fetches();
    assert.equal(fetch?.complete, false);
    assert.ok(fetch.sentBytes < 64 * 1024 * 1024);
    socket.destroy();
  });

  test('that asks again and again and reads nothing is let go', async (t) => {
    const { port, events } = await openFiles(t, () => ({
      entries: [{ path: '/a', from: { bytes: Buffer.alloc(60_000) } }],
      limits: { receiveMs: 300 },
    }));
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write('GET /a HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(2_000));
    while (!events.some(({ kind, fetch }) => kind === 'ended' && !fetch.complete))
      await new Promise((resolve) => setTimeout(resolve, 5));
    socket.destroy();
  });

  test('has so many connections and no more, so that others are still served', async (t) => {
    const { port, get } = await openFiles(t, () => ({
      entries: [{ path: '/a', from: { bytes: 'a' } }],
      limits: { connections: 4, connectionsPerClient: 3 },
    }));
    const sockets = Array.from({ length: 6 }, () =>
      connect({ port, host: '127.0.0.1', localAddress: '127.0.0.2' }),
    );
    t.after(() => sockets.forEach((socket) => void socket.destroy()));
    let closed = 0;
    for (const socket of sockets)
      socket
        .on('error', () => {})
        .on('close', () => closed++)
        .resume();
    while (closed < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(await (await get('/a')).text(), 'a');
    assert.equal(closed, 3);
  });

  test('that leaves in the middle leaves an incomplete fetch, and the service goes on', async (t) => {
    const { get, service, ended, folder } = await openFiles(t, (root) => ({
      entries: [{ path: '/big', from: { file: join(root, 'big') } }],
    }));
    await writeFile(join(folder, 'big'), Buffer.alloc(64 * 1024 * 1024));
    const leaving = new AbortController();
    const response = await fetch(`${(await get('/big', { range: 'bytes=0-0' })).url}`, {
      signal: leaving.signal,
    });
    await response.body!.getReader().read();
    leaving.abort();
    await ended(2);
    assert.equal(service.fetches()[0]?.complete, false);
    assert.equal((await get('/big', {}, 'HEAD')).status, 200);
  });
});
