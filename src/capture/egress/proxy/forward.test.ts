import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { describe, it } from 'node:test';
import { collect } from '../../../store/index.ts';
import { createEgressGuard } from '../guard.ts';
import { dialProxy, getThrough, openThrough } from '../testing/proxy-client.ts';
import { resolverOf, startOrigin, startTcp, until } from '../testing/servers.ts';
import type { EgressProxy } from '../types.ts';

const resolver = resolverOf({
  'a.test': ['127.0.0.2'],
  'b.test': ['127.0.0.2'],
  'two.test': ['127.0.0.3', '127.0.0.2'],
});
const guard = createEgressGuard({ policy: { allow: ['127.0.0.2/31'], never: [] }, resolver });

async function withProxy(
  work: (proxy: EgressProxy) => Promise<void>,
  maxConnections?: number,
): Promise<void> {
  const proxy = await guard.openProxy({ maxBytes: 1e9, ...(maxConnections && { maxConnections }) });
  try {
    await work(proxy);
  } finally {
    await proxy.close();
  }
}

describe('the proxy, for a request in absolute form', () => {
  it('passes request and answer on as they are', async () => {
    let seen: IncomingMessage | undefined;
    let received = '';
    await using origin = await startOrigin(async (request, response) => {
      seen = request;
      received = Buffer.from(await collect(request, 1e6)).toString();
      response.writeHead(418, 'Tea only', [
        ...['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2', 'X-Odd', 'caf\u00e9', 'Content-Type', 'text/plain'],
      ]);
      response.end('short and stout');
    });
    await withProxy(async (proxy) => {
      const url = `http://a.test:${origin.port}/tea/%E8%8C%B6?q=1&r=%2F`;
      for (const headers of [{ 'content-length': 6 }, { 'transfer-encoding': 'chunked' }]) {
        const answer = await getThrough(proxy, url, { method: 'POST', headers, body: 'leaves' });
        assert.equal(answer.status, 418);
        assert.deepEqual(answer.headers['set-cookie'], ['a=1', 'b=2']);
        assert.equal(answer.headers['x-odd'], 'caf\u00e9');
        assert.equal(answer.body, 'short and stout');
        assert.equal(seen!.url, '/tea/%E8%8C%B6?q=1&r=%2F');
        assert.equal(seen!.headers.host, `a.test:${origin.port}`);
        assert.equal(received, 'leaves');
      }
      assert.equal(proxy.refusals.length, 0);
    });
  });

  it('takes away what concerns one connection only, and whatever is meant for a proxy', async () => {
    let seen: readonly string[] = [];
    let cookie: string | undefined;
    await using origin = await startOrigin((request, response) => {
      seen = request.rawHeaders.filter((_, i) => i % 2 === 0).map((name) => name.toLowerCase());
      cookie = request.headers.cookie;
      response.writeHead(200, {
        connection: 'close, x-hop',
        'x-hop': '1',
        'proxy-authenticate': 'Basic',
        'x-holdfast-refusal': 'private',
      });
      response.end('x');
    });
    await withProxy(async (proxy) => {
      const headers = {
        ...{
          'proxy-connection': 'keep-alive',
          'proxy-authorization': 'Basic c2VjcmV0',
          'proxy-anything': '1',
          te: 'trailers',
        },
        ...{
          connection: 'keep-alive, x-mine, host',
          'x-mine': '1',
          'x-holdfast-refusal': 'x',
          'keep-alive': '1',
        },
        cookie: 'kept=1',
      };
      const answer = await getThrough(proxy, `http://a.test:${origin.port}/`, { headers });
      for (const name of ['x-hop', 'proxy-authenticate', 'x-holdfast-refusal'])
        assert.equal(answer.headers[name], undefined, name);
      for (const name of Object.keys(headers).filter((name) => name !== 'connection' && name !== 'cookie'))
        assert.ok(!seen.includes(name), name);
      assert.equal(cookie, 'kept=1');
      assert.equal(seen.filter((text) => text === 'host').length, 1);
    });
  });

  it('goes where the URL says, whatever the Host header says', async () => {
    let host: string | undefined;
    await using origin = await startOrigin((request, response) => {
      host = request.headers.host;
      response.end();
    });
    await withProxy(async (proxy) => {
      await getThrough(proxy, `http://a.test:${origin.port}/`, { headers: { host: 'evil.test' } });
      assert.equal(host, `a.test:${origin.port}`);
    });
  });

  it('streams: the first bytes arrive while the origin still holds the rest back', async () => {
    const goOn = Promise.withResolvers<void>();
    await using origin = await startOrigin(async (_request, response) => {
      response.write('first');
      await goOn.promise;
      response.end(' last');
    });
    await withProxy(async (proxy) => {
      const answer = await openThrough(proxy, `http://a.test:${origin.port}/`);
      const chunks = answer[Symbol.asyncIterator]();
      assert.equal(String((await chunks.next()).value), 'first');
      goOn.resolve();
      assert.equal(String((await chunks.next()).value), ' last');
    });
  });

  it('stops reading from the origin while the browser does not read', async () => {
    let sent = 0;
    await using origin = await startOrigin((_request, response) => {
      const block = Buffer.alloc(1e6);
      const more = () => {
        while (!response.destroyed && sent < 400) {
          sent += 1;
          if (!response.write(block)) return void response.once('drain', more);
        }
      };
      more();
    });
    await withProxy(async (proxy) => {
      const answer = await openThrough(proxy, `http://a.test:${origin.port}/`);
      answer.pause();
      let before = -1;
      while (proxy.receivedBytes !== before) {
        before = proxy.receivedBytes;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      assert.ok(before < 50e6, `${before} bytes piled up`);
      answer.destroy();
    });
  });

  it('cuts the connection where the origin breaks off, so that half an answer never looks whole', async () => {
    const heads = {
      length: 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf',
      chunked: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n',
    };
    for (const [name, head] of Object.entries(heads)) {
      await using origin = await startTcp((socket) => {
        socket.once('data', () => socket.write(head, () => setTimeout(() => socket.resetAndDestroy(), 20)));
      });
      await withProxy(async (proxy) => {
        const answer = await openThrough(proxy, `http://a.test:${origin.port}/`);
        await assert.rejects(collect(answer, 1e6), { code: 'ECONNRESET' }, name);
      });
    }
  });

  it('answers 502 where the origin cannot be reached or does not speak HTTP', async () => {
    const gone = await startOrigin(() => {});
    await gone[Symbol.asyncDispose]();
    const talks = [
      'SSH-2.0-x\r\n',
      'HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
      `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(300_000)}\r\n\r\n`,
      '',
    ];
    await withProxy(async (proxy) => {
      const refused = await getThrough(proxy, `http://a.test:${gone.port}/`);
      assert.equal(refused.status, 502);
      assert.match(refused.body, /ECONNREFUSED/);
      for (const talk of talks) {
        await using origin = await startTcp((socket) => socket.once('data', () => socket.end(talk)));
        const answer = await getThrough(proxy, `http://a.test:${origin.port}/`);
        assert.deepEqual(
          [answer.status, answer.headers['x-holdfast-refusal']],
          [502, 'failed'],
          talk.slice(0, 20),
        );
      }
      assert.deepEqual(proxy.refusals, []);
    });
  });

  it('survives answers that are against the rules, as browsers do', async () => {
    const odd = [
      'HTTP/1.1 200 \u0001\r\nContent-Length: 2\r\n\r\nok',
      'HTTP/1.1 200 OK\r\nX-A: \u0001\u007f\r\nContent-Length: 2\r\n\r\nok',
      'HTTP/1.1 200 OK\nContent-Length: 2\n\nok',
      'HTTP/1.1 200 OK\r\nContent-Length: 999\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n',
      'HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
      'HTTP/1.0 200 OK\r\n\r\nok',
    ];
    for (const text of odd) {
      await using origin = await startTcp((socket) =>
        socket.once('data', () => socket.end(Buffer.from(text, 'latin1'))),
      );
      await withProxy(async (proxy) => {
        const answer = await getThrough(proxy, `http://a.test:${origin.port}/`);
        assert.deepEqual([answer.status, answer.body], [200, 'ok'], JSON.stringify(text));
      });
    }
  });

  it('keeps connections to an origin and takes a new one where an idle one has gone', async () => {
    let answered = 0;
    await using origin = await startTcp((socket) => {
      let requests = 0;
      socket.on('data', () => {
        requests += 1;
        // The third request meets a connection that is closing.
        if (requests === 3) return void socket.destroy();
        answered += 1;
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
      });
    });
    await withProxy(async (proxy) => {
      for (let i = 0; i < 5; i++)
        assert.equal((await getThrough(proxy, `http://a.test:${origin.port}/${i}`)).body, 'ok');
      assert.equal(origin.connections, 3);
      assert.equal(answered, 5);
    });
  });

  it('does not ask again for what was ended because no answer came', async () => {
    const asked: string[] = [];
    await using origin = await startOrigin((request, response) => {
      asked.push(request.url ?? '');
      if (request.url === '/kept') response.end('ok');
    });
    await withProxy(async (proxy) => {
      await getThrough(proxy, `http://a.test:${origin.port}/kept`);
      const hanging = getThrough(proxy, `http://a.test:${origin.port}/hangs`);
      await until(() => asked.length === 2);
      assert.equal(origin.connections, 1, 'the second request must meet a connection that was used before');
      proxy.endIdle(0);
      assert.equal((await hanging).status, 502);
      assert.deepEqual(asked, ['/kept', '/hangs']);
    });
  });

  it('tries the other addresses of the same answer', async () => {
    await using origin = await startOrigin((_request, response) => response.end('second'));
    await withProxy(async (proxy) => {
      assert.equal((await getThrough(proxy, `http://two.test:${origin.port}/`)).body, 'second');
    });
  });

  it('serves no more requests at a time than it may; the rest wait their turn', async () => {
    const hold: (() => void)[] = [];
    const serve = () =>
      startOrigin((_request, response) => {
        hold.push(() => response.end('done'));
      });
    await using first = await serve();
    await using second = await serve();
    await withProxy(async (proxy) => {
      const answers = Array.from({ length: 9 }, (_, i) =>
        getThrough(proxy, `http://${i % 2 ? 'a' : 'b'}.test:${i % 3 ? first.port : second.port}/${i}`),
      );
      for (let done = 0; done < 9; done++) {
        await until(() => hold.length > 0);
        assert.ok(hold.length <= 2);
        hold.shift()!();
      }
      for (const answer of await Promise.all(answers)) assert.equal(answer.body, 'done');
    }, 2);
  });

  it('closes an idle connection to make room for one to another origin', async () => {
    await using origin = await startOrigin((_request, response) => response.end('x'));
    await withProxy(async (proxy) => {
      for (const host of ['a.test', 'b.test', '127.0.0.2', 'two.test', 'a.test', 'b.test']) {
        await getThrough(proxy, `http://${host}:${origin.port}/`);
        // The origin hears of it a moment later.
        await until(() => origin.sockets.size <= 2);
      }
    }, 2);
  });

  it('lets go of the origin when the browser goes away', async () => {
    await using origin = await startOrigin((_request, response) => void response.write('endless'));
    await withProxy(async (proxy) => {
      const answer = await openThrough(proxy, `http://a.test:${origin.port}/`);
      assert.equal(origin.sockets.size, 1);
      answer.destroy();
      await until(() => origin.sockets.size === 0);
      const upload = dialProxy(proxy);
      upload.write(
        `POST http://a.test:${origin.port}/ HTTP/1.1\r\nHost: a\r\nContent-Length: 999\r\n\r\nhalf`,
      );
      await until(() => origin.sockets.size === 1);
      upload.destroy();
      await until(() => origin.sockets.size === 0);
    });
  });
});
