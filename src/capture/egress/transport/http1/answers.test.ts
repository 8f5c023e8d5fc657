import assert from 'node:assert/strict';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import type { OutgoingRequest } from '../../../../kernel/index.ts';
import { collect } from '../../../../store/index.ts';
import { createEgressGuard } from '../../guard.ts';
import { allowedAddress, startTcp, type TestServer, until } from '../../testing/servers.ts';

const guard = createEgressGuard({ policy: { allow: [`${allowedAddress}/32`], never: [] } });
type Method = OutgoingRequest['method'];
/** What came of an answer; undefined where it was refused or broke off. */
type Outcome = { status: number; headers: Record<string, string>; body: string } | undefined;

describe('an answer as its bytes are', () => {
  let server: TestServer;
  /** What the server sends for every request, piece by piece, before it closes the connection. */
  let script: readonly (string | Uint8Array)[] = [];
  before(async () => {
    server = await startTcp((socket) => {
      socket.setNoDelay(true);
      socket.once('data', () => void play(socket, script));
    });
  });
  after(() => server[Symbol.asyncDispose]());
  const url = () => new URL(`http://${allowedAddress}:${server.port}/`);

  async function ours(method: Method = 'GET'): Promise<Outcome> {
    const transport = guard.transport();
    try {
      const answer = await transport.send({ method, url: url(), stallMs: 2_000 });
      const body = Buffer.from(await collect(answer.body, 1e8)).toString('latin1');
      return { status: answer.status, headers: { ...answer.headers }, body };
    } catch {
      return undefined;
    } finally {
      transport.close();
    }
  }
  async function nodes(method: Method = 'GET'): Promise<Outcome> {
    try {
      const answer = await new Promise<IncomingMessage>((resolve, reject) => {
        const options = { method, agent: false, joinDuplicateHeaders: true, timeout: 2_000 };
        const asked = httpRequest(url(), options, resolve).on('error', reject);
        asked.on('timeout', () => void asked.destroy(new Error('it stalls')));
        asked.on('upgrade', (_, socket) => {
          socket.destroy();
          reject(new Error('another protocol'));
        });
        asked.end();
      });
      const body = (await Buffer.concat(await Array.fromAsync(answer))).toString('latin1');
      const { 'set-cookie': _, ...headers } = answer.headers as Record<string, string>;
      return { status: answer.statusCode!, headers, body };
    } catch {
      return undefined;
    }
  }
  const ok = 'HTTP/1.1 200 OK\r\n';

  it('is taken as node:http takes it', async () => {
    const long = 'x'.repeat(70_000);
    type Case = [name: string, script: (string | Uint8Array)[], method?: Method];
    const taken: Case[] = [
      ['a length', [`${ok}content-length: 5\r\n\r\nhello`]],
      ['nothing but a head', ['HTTP/1.1 204 No Content\r\n\r\n']],
      ['a length that a HEAD is told', [`${ok}content-length: 5\r\n\r\n`], 'HEAD'],
      ['a chunked answer to HEAD', [`${ok}transfer-encoding: chunked\r\n\r\n`], 'HEAD'],
      ['304 with a length', ['HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n']],
      ['no reason', ['HTTP/1.1 200\r\ncontent-length: 0\r\n\r\n']],
      ['an empty reason', ['HTTP/1.1 200 \r\ncontent-length: 0\r\n\r\n']],
      ['up to the end', [`${ok}\r\nto the`, ' end']],
      ['HTTP/1.0', ['HTTP/1.0 200 OK\r\n\r\nold']],
      ['chunks', [`${ok}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;a=b\r\n world\r\n0\r\n\r\n`]],
      [
        'chunks and trailers',
        [`${ok}transfer-encoding: chunked\r\n\r\nA\r\n0123456789\r\n0\r\nx: y\r\n\r\n`],
      ],
      [
        'on the way',
        [
          'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: a\r\n\r\n',
          `${ok}content-length: 1\r\n\r\n!`,
        ],
      ],
      ['lines of one name', [`${ok}x-a: 1\r\nX-A: 2\r\ncontent-length: 0\r\n\r\n`]],
      ['cookies', [`${ok}set-cookie: a=1\r\nset-cookie: b=2\r\ncontent-length: 0\r\n\r\n`]],
      ['white space about values', [`${ok}x-a: \t a b \t\r\nx-empty:\r\ncontent-length:  0 \r\n\r\n`]],
      ['values beyond ASCII', [Buffer.from(`${ok}x-a: é\r\ncontent-length: 0\r\n\r\n`, 'latin1')]],
      ['a name that objects have', [`${ok}constructor: a\r\ncontent-length: 0\r\n\r\n`]],
      ['byte by byte', [...`${ok}transfer-encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n`]],
      ['a large body', [`${ok}content-length: ${10 * long.length}\r\n\r\n`, ...Array(10).fill(long)]],
    ];
    const refused: Case[] = [
      ['no HTTP', ['hello\r\n\r\n']],
      ['another version', ['HTTP/3.1 200 OK\r\ncontent-length: 0\r\n\r\n']],
      ['nothing', []],
      ['a head that ends early', [`${ok}content-length: 5\r\n`]],
      ['a body that ends early', [`${ok}content-length: 5\r\n\r\nhell`]],
      ['chunks that end early', [`${ok}transfer-encoding: chunked\r\n\r\n5\r\nhel`]],
      ['chunks without an end', [`${ok}transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n`]],
      ['a chunk longer than it says', [`${ok}transfer-encoding: chunked\r\n\r\n2\r\nhello\r\n0\r\n\r\n`]],
      ['a chunk without a size', [`${ok}transfer-encoding: chunked\r\n\r\n\r\nhello\r\n0\r\n\r\n`]],
      ['a chunk of an odd size', [`${ok}transfer-encoding: chunked\r\n\r\n-1\r\nx\r\n0\r\n\r\n`]],
      ['a chunk larger than numbers', [`${ok}transfer-encoding: chunked\r\n\r\nffffffffffffffffff\r\nx`]],
      ['a length and chunks', [`${ok}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`]],
      ['two lengths', [`${ok}content-length: 1\r\ncontent-length: 2\r\n\r\nab`]],
      ['two lengths that agree', [`${ok}content-length: 1\r\ncontent-length: 1\r\n\r\na`]],
      ['a length that is none', [`${ok}content-length: 1x\r\n\r\na`]],
      ['a negative length', [`${ok}content-length: -1\r\n\r\n`]],
      ['a length larger than numbers', [`${ok}content-length: 99999999999999999999\r\n\r\n`]],
      ['a space before the colon', [`${ok}content-length : 1\r\n\r\na`]],
      ['a header without a name', [`${ok}: a\r\ncontent-length: 0\r\n\r\n`]],
      ['a header without a colon', [`${ok}nonsense\r\ncontent-length: 0\r\n\r\n`]],
      ['a NUL in a value', [`${ok}x-a: a\0b\r\ncontent-length: 0\r\n\r\n`]],
      ['a CR in a value', [`${ok}x-a: a\rb\r\ncontent-length: 0\r\n\r\n`]],
      ['lines that end with LF', ['HTTP/1.1 200 OK\ncontent-length: 1\n\na']],
      ['a large head', [`${ok}x: ${long}\r\ncontent-length: 0\r\n\r\n`]],
      ['another protocol', ['HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n']],
    ];
    for (const [name, lines, method] of [...taken, ...refused]) {
      script = lines;
      const [mine, other] = [await ours(method), await nodes(method)];
      assert.deepEqual({ ...mine }, { ...other }, name);
      assert.equal(
        mine !== undefined,
        taken.some(([each]) => each === name),
        name,
      );
    }
  });

  it('is refused though node:http takes it: codings that nobody asked for, lines that are folded', async () => {
    for (const lines of [
      [`${ok}transfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n`],
      [`${ok}transfer-encoding: identity\r\n\r\nx`],
      ['HTTP/1.0 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'],
      [`${ok}x-a: a\r\n b\r\ncontent-length: 0\r\n\r\n`],
      Array(20).fill('HTTP/1.1 100 Continue\r\n\r\n'),
      [`${ok}transfer-encoding: chunked\r\n\r\n0\r\n${`x: ${'y'.repeat(1000)}\r\n`.repeat(20)}\r\n`],
      [`${ok}transfer-encoding: chunked\r\n\r\n1;x=${'x'.repeat(5000)}\r\na\r\n0\r\n\r\n`],
    ]) {
      script = lines;
      assert.equal(await ours(), undefined, lines[0]);
    }
  });

  it('is never taken for something else than node:http takes it for, however it is spoilt', async () => {
    const sound = [
      `${ok}content-length: 12\r\nx-a: b\r\n\r\nhello, world`,
      `${ok}transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n7;q\r\n, world\r\n0\r\nt: u\r\n\r\n`,
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 206 Partial Content\r\ncontent-range: bytes 0-1/2\r\ncontent-length: 2\r\n\r\nab',
    ];
    const pieces = [
      '\r\n',
      '\n',
      '\r',
      ' ',
      ':',
      '0',
      'content-length: 3\r\n',
      'transfer-encoding: chunked\r\n',
      '\0',
      'ÿ',
      ',',
      '-',
    ];
    const spoilt = fc.record({
      from: fc.constantFrom(...sound),
      edits: fc.array(
        fc.record({ at: fc.nat(140), remove: fc.nat(3), put: fc.constantFrom('', ...pieces) }),
        { minLength: 1, maxLength: 3 },
      ),
      cut: fc.nat(140),
    });
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(spoilt, async ({ from, edits, cut }) => {
        let text = from;
        for (const { at, remove, put } of edits) text = text.slice(0, at) + put + text.slice(at + remove);
        script = [Buffer.from(text.slice(0, cut), 'latin1'), Buffer.from(text.slice(cut), 'latin1')];
        const mine = await ours();
        if (!mine) return;
        taken += 1;
        assert.deepEqual(mine, await nodes());
      }),
      { numRuns: 150 },
    );
    assert.ok(taken > 10, `only ${taken} were taken at all`);
  });
});

describe('a connection', () => {
  it('is used again only where exactly the answer came', async () => {
    const answers: Record<string, string> = {
      '/exact': 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok',
      '/chunked': 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nx: y\r\n\r\n',
      '/more':
        'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokHTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nbad',
      '/close': 'HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok',
      '/old': 'HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\nok',
      '/hint': 'HTTP/1.1 200 OK\r\nkeep-alive: timeout=1\r\ncontent-length: 2\r\n\r\nok',
    };
    await using server = await startTcp((socket) => {
      socket.on('data', (data) => void socket.write(answers[String(data).split(' ')[1]!]!));
    });
    const transport = guard.transport();
    const connections: number[] = [];
    for (const path of [
      '/exact',
      '/exact',
      '/chunked',
      '/more',
      '/exact',
      '/close',
      '/exact',
      '/old',
      '/exact',
      '/hint',
      '/exact',
    ]) {
      const url = new URL(`http://${allowedAddress}:${server.port}${path}`);
      const answer = await transport.send({ method: 'GET', url });
      assert.equal(Buffer.from(await collect(answer.body, 100)).toString(), 'ok', path);
      connections.push(server.connections);
    }
    assert.deepEqual(connections, [1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5]);
    transport.close();
  });

  it('reads a large body into the same memory over and over, and no further than its reader comes', async () => {
    const sizeBytes = 64 * 1024 * 1024;
    let sent = 0;
    await using server = await startTcp((socket) => {
      socket.once('data', async () => {
        socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${sizeBytes}\r\n\r\n`);
        const piece = Buffer.alloc(1024 * 1024);
        while (sent < sizeBytes && !socket.destroyed) {
          sent += piece.length;
          await new Promise((resolve) => socket.write(piece, resolve));
        }
      });
    });
    const transport = guard.transport();
    const answer = await transport.send({
      method: 'GET',
      url: new URL(`http://${allowedAddress}:${server.port}/`),
    });
    let before = -1;
    // What fits into the buffers of both ends is sent ahead; the rest waits for its reader.
    await until(() => {
      const stands = sent === before;
      before = sent;
      return stands && sent > 0;
    });
    assert.ok(sent < sizeBytes / 2, `${sent} bytes were sent to nobody`);
    const memory = new Set<ArrayBufferLike>();
    let received = 0;
    for await (const piece of answer.body) {
      memory.add(piece.buffer);
      received += piece.length;
    }
    assert.equal(received, sizeBytes);
    assert.ok(memory.size <= 16, `${memory.size} buffers`);
    transport.close();
  });
});

async function play(socket: Socket, script: readonly (string | Uint8Array)[]): Promise<void> {
  for (const piece of script) {
    if (socket.destroyed) return;
    await new Promise((resolve) => socket.write(piece, 'latin1', resolve));
  }
  socket.end();
}
