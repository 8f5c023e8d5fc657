import assert from 'node:assert/strict';
import type { IncomingMessage, RequestListener } from 'node:http';
import { describe, it } from 'node:test';
import { HoldfastError, hasCode, type OutgoingRequest } from '../../../kernel/index.ts';
import { collect } from '../../../store/index.ts';
import { createEgressGuard } from '../guard.ts';
import { allowedAddress, resolverOf, startCanary, startOrigin, startTcp, until } from '../testing/servers.ts';

const names = { 'a.test': [allowedAddress], 'b.test': [allowedAddress], 'canary.test': ['127.0.0.1'] };
const policy = { allow: [`${allowedAddress}/32`], never: [] };
const guard = createEgressGuard({ policy, resolver: resolverOf(names) });

/** A transport whose idle connections go at the end of the scope. */
function open(from = guard) {
  const transport = from.transport();
  return Object.assign(transport, { [Symbol.dispose]: () => transport.close() });
}

const request = (url: string, rest: Partial<OutgoingRequest> = {}): OutgoingRequest => ({
  method: 'GET',
  url: new URL(url),
  ...rest,
});
const text = async (body: AsyncIterable<Uint8Array>) => Buffer.from(await collect(body, 1e9)).toString();
const readAll = async (message: IncomingMessage) => text(message);
const answering =
  (status: number, headers: Record<string, string | string[]> = {}, body = ''): RequestListener =>
  (_, response) =>
    response.writeHead(status, headers).end(body);

describe('send()', () => {
  it('sends what it is given and nothing besides, follows no redirect and undoes no coding', async () => {
    using transport = open();
    const seen: IncomingMessage[] = [];
    await using origin = await startOrigin((incoming, response) => {
      seen.push(incoming);
      response.writeHead(302, { location: '/elsewhere', 'content-encoding': 'gzip', 'x-many': ['a', 'b'] });
      response.end('not gzip at all');
    });
    const url = `http://user:secret@a.test:${origin.port}/path?q=1#fragment`;
    const answer = await transport.send(request(url, { headers: { 'x-a': 'b', host: 'forged.test' } }));
    assert.equal(answer.status, 302);
    assert.equal(answer.headers.location, '/elsewhere');
    assert.equal(answer.headers['x-many'], 'a, b');
    assert.equal(await text(answer.body), 'not gzip at all');
    assert.equal(seen.length, 1);
    assert.equal(seen[0]!.url, '/path?q=1');
    assert.deepEqual(seen[0]!.headers, {
      'x-a': 'b',
      host: `a.test:${origin.port}`,
      connection: 'keep-alive',
    });
  });

  it('refuses private ranges, other schemes and a name that is bound anew, and sends nothing there', async () => {
    await using canary = await startCanary();
    const url = `http://canary.test:${canary.port}/`;
    using transport = open();
    const refused = (error: unknown) => error instanceof HoldfastError && error.kind === 'denied';
    await assert.rejects(transport.send(request(url)), { code: 'capture.refusedAddress' });
    await assert.rejects(transport.send(request('http://10.0.0.1/')), refused);
    await assert.rejects(transport.send(request('ftp://a.test/')), refused);

    await using origin = await startOrigin((_, response) =>
      response.writeHead(200, { connection: 'close' }).end(),
    );
    const answers = [[allowedAddress], ['127.0.0.1']];
    const rebinding = createEgressGuard({ policy, resolver: async () => answers.shift() ?? [] });
    using bound = open(rebinding);
    await text((await bound.send(request(`http://bound.test:${origin.port}/`))).body);
    await assert.rejects(bound.send(request(`http://bound.test:${origin.port}/`)), refused);
    assert.equal(canary.connections, 0);
  });

  it('uses a connection again, and resolves its name once', async () => {
    const resolver = resolverOf(names);
    using transport = open(createEgressGuard({ policy, resolver }));
    await using origin = await startOrigin(answering(200, {}, 'x'.repeat(100_000)));
    const get = async () => text((await transport.send(request(`http://a.test:${origin.port}/`))).body);
    for (let i = 0; i < 10; i++) await get();
    assert.equal(origin.connections, 1);
    assert.deepEqual(resolver.asked, ['a.test']);
    await Promise.all(Array.from({ length: 100 }, get));
    assert.ok(origin.connections <= 32, `${origin.connections} connections`);
    await until(() => origin.sockets.size <= 8);
    transport.close();
    await until(() => origin.sockets.size === 0);
  });

  it('uses a connection again after a short answer that nobody reads, and lets a long one go', async () => {
    using transport = open();
    await using origin = await startOrigin((incoming, response) => {
      if (incoming.url === '/short') return void response.end('x'.repeat(1_000));
      response.writeHead(200, { 'content-length': 1e9 }).write(Buffer.alloc(1_000_000));
    });
    const get = (path: string) => transport.send(request(`http://a.test:${origin.port}${path}`));
    for (let i = 0; i < 3; i++) {
      (await get('/short')).discard();
      await until(() => origin.sockets.size === 1);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.equal(origin.connections, 1);
    (await get('/long')).discard();
    for await (const _ of (await get('/long')).body) break;
    await until(() => origin.sockets.size === 0);
  });

  it('sends a request again whose kept connection the server had closed, but none that may act twice', async () => {
    using transport = open();
    let served = 0;
    await using origin = await startTcp((socket) => {
      let first = true;
      socket.on('data', () => {
        if (!first) return void socket.destroy();
        first = false;
        served += 1;
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
      });
    });
    const send = (method: 'GET' | 'POST') =>
      transport.send(request(`http://a.test:${origin.port}/`, { method }));
    for (let i = 0; i < 3; i++) assert.equal(await text((await send('GET')).body), 'ok');
    assert.equal(served, 3);
    await assert.rejects(send('POST'), { code: 'capture.noAnswer' });
    assert.equal(served, 3);
  });

  it('sends bodies: bytes with their length, streams with the length that is named, else in chunks', async () => {
    using transport = open();
    const bytes = Buffer.alloc(3_000_000, 'abc');
    async function* stream() {
      const buffer = Buffer.alloc(300_000);
      for (let at = 0; at < bytes.length; at += buffer.length) {
        bytes.copy(buffer, 0, at);
        yield buffer;
      }
    }
    const seen: [string | undefined, string | undefined, string][] = [];
    await using echo = await startOrigin(async (incoming, response) => {
      seen.push([
        incoming.headers['content-length'],
        incoming.headers['transfer-encoding'],
        await readAll(incoming),
      ]);
      response.end();
    });
    const put = async (body: OutgoingRequest['body'], headers = {}) => {
      const url = `http://a.test:${echo.port}/`;
      const answer = await transport.send(request(url, { method: 'PUT', headers, ...(body && { body }) }));
      await text(answer.body);
    };
    await put(bytes);
    await put(stream(), { 'content-length': String(bytes.length) });
    await put(stream());
    assert.deepEqual(
      seen.map(([length, coding, body]) => [length, coding, body === bytes.toString()]),
      [
        ['3000000', undefined, true],
        ['3000000', undefined, true],
        [undefined, 'chunked', true],
      ],
    );
    assert.equal(echo.connections, 1);
  });

  it('gives the answer of a server that does not want the rest of the body', async () => {
    using transport = open();
    await using origin = await startOrigin((_, response) => response.writeHead(413).end('too much'));
    let sent = 0;
    let closed = false;
    async function* endless() {
      try {
        for (;;) {
          sent += 1;
          yield Buffer.alloc(100_000);
        }
      } finally {
        closed = true;
      }
    }
    const url = `http://a.test:${origin.port}/`;
    const answer = await transport.send(request(url, { method: 'PUT', body: endless() }));
    assert.equal(answer.status, 413);
    assert.equal(await text(answer.body), 'too much');
    await until(() => closed && origin.sockets.size === 0);
    assert.ok(sent > 0);
  });

  it('fails with the reason of whoever gives the body', async () => {
    using transport = open();
    await using origin = await startOrigin(() => {});
    const reason = new Error('the source broke');
    async function* broken() {
      yield Buffer.from('some');
      throw reason;
    }
    const url = `http://a.test:${origin.port}/`;
    await assert.rejects(transport.send(request(url, { method: 'PUT', body: broken() })), (error) => {
      assert.ok(hasCode(error, 'capture.noAnswer'));
      return error.cause === reason;
    });
    await until(() => origin.sockets.size === 0);
  });
});

describe('an answer', () => {
  it('that stalls before its headers, in its body, or does not take the request is an error', async () => {
    using transport = open();
    await using origin = await startOrigin((incoming, response) => {
      if (incoming.url === '/body') response.writeHead(200).write('some');
      else if (incoming.url === '/deaf') incoming.pause();
    });
    const stallMs = 150;
    const at = (path: string, rest: Partial<OutgoingRequest> = {}) =>
      transport.send(request(`http://a.test:${origin.port}${path}`, { stallMs, ...rest }));
    const stalled = { code: 'capture.stalled', details: { server: `a.test:${origin.port}`, stallMs } };
    await assert.rejects(at('/headers'), stalled);
    await assert.rejects(at('/deaf', { method: 'PUT', body: Buffer.alloc(50_000_000) }), stalled);
    const answer = await at('/body');
    await assert.rejects(text(answer.body), stalled);
    // The deaf one reads nothing, the end of its connection neither.
    await until(() => origin.sockets.size === 1);
  });

  it('that comes a byte at a time is one that stalls, and one that comes slowly is not', async () => {
    using transport = open();
    await using origin = await startOrigin(async (incoming, response) => {
      const piece = Buffer.alloc(incoming.url === '/drip' ? 1 : 20_000);
      for (let count = 0; count < 12; count++) {
        response.write(piece);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      response.end();
    });
    const at = (path: string) =>
      transport.send(request(`http://a.test:${origin.port}${path}`, { stallMs: 300 }));
    await assert.rejects(text((await at('/drip')).body), { code: 'capture.stalled' });
    assert.equal((await text((await at('/slow')).body)).length, 240_000);
  });

  it('does not stall where its reader or the source of its body takes its time', async () => {
    using transport = open();
    await using origin = await startOrigin(async (incoming, response) => {
      await readAll(incoming);
      response.end(Buffer.alloc(5_000_000));
    });
    const later = () => new Promise((resolve) => setTimeout(resolve, 300));
    async function* slow() {
      await later();
      yield Buffer.from('late');
      await later();
    }
    const url = `http://a.test:${origin.port}/`;
    const answer = await transport.send(request(url, { method: 'PUT', body: slow(), stallMs: 150 }));
    let received = 0;
    for await (const chunk of answer.body) {
      if (received === 0) await later();
      received += chunk.length;
    }
    assert.equal(received, 5_000_000);
  });

  it('that breaks off rejects the body, whenever it is read', async () => {
    using transport = open();
    await using origin = await startOrigin((incoming, response) => {
      response.writeHead(200, incoming.url === '/chunked' ? {} : { 'content-length': 100 });
      response.write('half', () => response.destroy());
    });
    for (const path of ['/length', '/chunked'])
      for (const wait of [0, 50]) {
        const answer = await transport.send(request(`http://a.test:${origin.port}${path}`));
        await new Promise((resolve) => setTimeout(resolve, wait));
        await assert.rejects(text(answer.body), { code: 'capture.brokenOff', kind: 'unavailable' });
      }
  });

  it('with more headers than it may have, or that is no HTTP, is refused', async () => {
    using transport = open();
    await using origin = await startTcp((socket) => {
      socket.once('data', (data) => {
        const many = String(data).includes('/many') ? `x: ${'y'.repeat(70_000)}\r\n` : '';
        socket.end(many ? `HTTP/1.1 200 OK\r\n${many}\r\n` : 'hello\r\n\r\n');
      });
    });
    for (const path of ['many', 'none'])
      await assert.rejects(transport.send(request(`http://a.test:${origin.port}/${path}`)), {
        code: 'capture.noAnswer',
        kind: 'unavailable',
      });
  });

  it('ends with the signal: queued, before it came, and in its body', async () => {
    using transport = open();
    await using origin = await startOrigin((incoming, response) => {
      if (incoming.url === '/body') response.writeHead(200).write('some');
    });
    const reason = new Error('enough');
    const isReason = (error: unknown) => error === reason;
    const url = `http://a.test:${origin.port}/`;
    await assert.rejects(transport.send(request(url, { signal: AbortSignal.abort(reason) })), isReason);
    assert.equal(origin.connections, 0);
    const abort = new AbortController();
    const { signal } = abort;
    const waiting = Array.from({ length: 40 }, () => transport.send(request(url, { signal })));
    await until(() => origin.connections === 32);
    abort.abort(reason);
    for (const each of await Promise.allSettled(waiting))
      assert.equal(each.status === 'rejected' && each.reason, reason);
    assert.equal(origin.connections, 32);
    const later = new AbortController();
    const answer = await transport.send(request(`${url}body`, { signal: later.signal }));
    later.abort(reason);
    await assert.rejects(text(answer.body), isReason);
    await until(() => origin.sockets.size === 0);
  });

  it('that never comes, since nobody listens, is told as such', async () => {
    using transport = open();
    await using origin = await startOrigin(() => {});
    const { port } = origin;
    await origin[Symbol.asyncDispose]();
    for (const scheme of ['http', 'https'])
      await assert.rejects(transport.send(request(`${scheme}://a.test:${port}/`)), (error) => {
        assert.ok(hasCode(error, 'capture.noAnswer'));
        return /ECONNREFUSED/.test(error.message);
      });
  });
});
