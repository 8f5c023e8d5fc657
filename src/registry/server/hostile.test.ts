import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { describe, test } from 'node:test';
import { freshBlob } from '../../../test/interop/registry-conformance/material.ts';
import { expectStatus, withQuery } from '../../../test/interop/registry-conformance/world.ts';
import { openWorld } from '../testing/open-world.ts';

/** Writes raw bytes and gives all that comes back until the server closes; `feed` may write on, as long as it is given an answer. */
function raw(
  port: number,
  text: string,
  feed?: (write: (chunk: Buffer) => boolean | undefined) => void,
): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(text);
      feed?.((chunk) => (socket.writable ? socket.write(chunk) : undefined));
    });
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.on('error', () => {}).on('close', () => resolve(answer));
  });
}

const head = (method: string, path: string, ...lines: string[]) =>
  `${[`${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1', 'Connection: close', ...lines].join('\r\n')}\r\n\r\n`;

const firstLine = (answer: string) => answer.split('\r\n')[0];

describe('a hostile client', () => {
  test('reaches nothing by names and digests that climb', async () => {
    const { port } = await openWorld();
    const digest = `sha256:${'0'.repeat(64)}`;
    const paths = [
      `/v2/../../etc/blobs/${digest}`,
      `/v2/a/..%2f..%2fb/manifests/x`,
      `/v2/a%00b/manifests/x`,
      '/v2/a/blobs/sha256:..%2f..%2f..%2foci-layout',
      `/v2/a/blobs/${digest}%2f..%2fx`,
      '/v2/a/manifests/..%2f..%2fx',
      '/v2/a/blobs/uploads/..%2f..%2fx',
      '/v2//manifests/x',
      '/v2/a/tags/list/../../x',
      '/v2/%',
      `/v2/${'a/'.repeat(200)}a/manifests/x`,
    ];
    for (const path of paths)
      for (const method of ['GET', 'PUT', 'DELETE'])
        assert.match(
          firstLine(await raw(port, head(method, path, 'Content-Length: 0')))!,
          / (?:400|401|404|405) /,
          `${method} ${path}`,
        );
  });

  test('gets no further with headers without end', async () => {
    const { port } = await openWorld();
    assert.match(
      await raw(port, head('GET', '/v2/', `X-Long: ${'x'.repeat(100_000)}`)),
      /^HTTP\/1\.1 4\d\d /,
    );
  });

  test('is cut off in a manifest of 100 MB, whether its length is told or not', async () => {
    const { port } = await openWorld();
    const send = async (line: string, frame: (piece: Buffer) => Buffer) => {
      const piece = frame(Buffer.alloc(1024 * 1024, 'x'));
      let sent = 0;
      const answer = await raw(port, head('PUT', '/v2/a/manifests/v1', line), function feed(write) {
        // Refused for now or for good: where it is for good, nothing more is to be sent.
        if (sent++ < 100 && write(piece) !== undefined) setTimeout(() => feed(write), 5);
      });
      assert.match(answer, /^HTTP\/1\.1 413 [\s\S]*SIZE_INVALID/);
    };
    await send(`Content-Length: ${100 * 1024 * 1024}`, (piece) => piece);
    await send('Transfer-Encoding: chunked', (piece) =>
      Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')]),
    );
  });

  test('who stops in the middle of a body loses the connection, and not what came', async () => {
    const { port, send, begin } = await openWorld({ limits: { stallMs: 150 } });
    const blob = freshBlob(1_000);
    const location = await begin('a');
    await raw(port, head('PATCH', location, 'Content-Length: 1000'), (write) =>
      write(blob.bytes.subarray(0, 400)),
    );
    // The server may still be writing down what came.
    let state = await send('GET', location);
    for (let tries = 0; state.status === 409 && tries < 100; tries++) state = await send('GET', location);
    assert.equal(expectStatus(state, 204).headers.range, '0-399');
    const rest = { body: blob.bytes.subarray(400), headers: { 'content-range': '400-999' } };
    expectStatus(await send('PUT', withQuery(location, `digest=${blob.digest}`), rest), 201);
  });

  test('finds no upload by guessing, and no second writer gets into one', async () => {
    const { send, begin, port } = await openWorld({ limits: { stallMs: 1_000 } });
    const location = await begin('a');
    const id = location.split('/').at(-1)!;
    for (const other of ['0'.repeat(32), id.slice(1), `${id}0`, id.toUpperCase(), 'registry-x'])
      expectStatus(await send('PATCH', `/v2/a/blobs/uploads/${other}`, { body: 'x' }), 404);
    const writing = raw(port, head('PATCH', location, 'Content-Length: 10'), (write) =>
      write(Buffer.from('12345')),
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
    expectStatus(await send('PATCH', location, { body: 'x' }), 409);
    await writing;
  });

  test('smuggles no second request in the body of a first', async () => {
    const { port } = await openWorld();
    const inner = 'GET /v2/_catalog HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n';
    const cases = [
      ['Content-Length: 4', 'Transfer-Encoding: chunked'],
      ['Transfer-Encoding: xchunked'],
      ['Content-Length: 4', 'Content-Length: 5'],
      ['Content-Length: +4'],
      ['Transfer-Encoding : chunked'],
    ];
    for (const lines of cases) {
      const answer = await raw(port, `${head('POST', '/v2/a/blobs/uploads/', ...lines)}0\r\n\r\n${inner}`);
      assert.match(answer, /^HTTP\/1\.1 400 /, lines.join());
      assert.equal(answer.match(/HTTP\/1\.1/g)?.length, 1, lines.join());
    }
    // A body that nobody wanted is not read as the next request.
    const refused = await raw(
      port,
      `${head('PUT', '/v2/a/manifests/.bad', `Content-Length: ${inner.length}`)}${inner}`,
    );
    assert.equal(refused.match(/HTTP\/1\.1/g)?.length, 1);
  });

  test('learns nothing of this machine from a failure', async () => {
    const { send, store, folder, name, pushBlob } = await openWorld();
    const blob = freshBlob();
    await pushBlob(blob);
    store.open = () => Promise.reject(new Error(`${folder} is on fire`));
    const answer = expectStatus(await send('GET', `/v2/${name}/blobs/${blob.digest}`), 500);
    assert.equal(answer.body.toString().includes(folder), false);
  });
});
