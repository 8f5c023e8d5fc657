import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { collect } from '../../../store/index.ts';
import { createEgressGuard } from '../guard.ts';
import { dialProxy, tunnel } from '../testing/proxy-client.ts';
import { resolverOf, startTcp, until } from '../testing/servers.ts';
import type { EgressProxy } from '../types.ts';

const resolver = resolverOf({ 'a.test': ['127.0.0.2'], 'two.test': ['127.0.0.3', '127.0.0.2'] });
const guard = createEgressGuard({ policy: { allow: ['127.0.0.2/31'], never: [] }, resolver });

async function withProxy(work: (proxy: EgressProxy) => Promise<void>): Promise<void> {
  const proxy = await guard.openProxy({ maxBytes: 1e9 });
  try {
    await work(proxy);
  } finally {
    await proxy.close();
  }
}

describe('the proxy, for a tunnel', () => {
  it('carries bytes both ways, and the end of one side', async () => {
    await using echo = await startTcp((socket) => socket.pipe(socket));
    await withProxy(async (proxy) => {
      for (const host of ['a.test', 'two.test', '127.0.0.2', '[::ffff:127.0.0.2]']) {
        const { socket, head } = await tunnel(proxy, `${host}:${echo.port}`);
        assert.match(head, /^HTTP\/1\.1 200 /);
        const sent = Buffer.alloc(3_000_000, 'tunnel');
        socket.end(sent);
        assert.ok(sent.equals(await collect(socket, 1e7)), host);
      }
      assert.equal(proxy.receivedBytes, 4 * 3_000_000);
    });
  });

  it('loses nothing of a server that speaks first, nor what a browser sends before the answer', async () => {
    await using server = await startTcp((socket) => {
      socket.write('welcome;');
      socket.once('data', (chunk) => socket.end(chunk));
    });
    await withProxy(async (proxy) => {
      const socket = dialProxy(proxy);
      socket.write(`CONNECT a.test:${server.port} HTTP/1.1\r\nHost: a\r\n\r\nearly`);
      const text = Buffer.from(await collect(socket, 1e6)).toString();
      assert.match(text, /^HTTP\/1\.1 200 [^\n]*\n\r\nwelcome;early$/);
    });
  });

  it('says nothing of ours to the origin', async () => {
    const heard: Buffer[] = [];
    await using server = await startTcp((socket) => socket.on('data', (chunk: Buffer) => heard.push(chunk)));
    await withProxy(async (proxy) => {
      const { socket } = await tunnel(proxy, `a.test:${server.port}`);
      socket.write('only this');
      await until(() => heard.length > 0);
      assert.equal(Buffer.concat(heard).toString(), 'only this');
      socket.destroy();
      await until(() => server.sockets.size === 0);
    });
  });

  it('cuts where the origin breaks off', async () => {
    await using server = await startTcp((socket) => {
      socket.write('half', () => setTimeout(() => socket.resetAndDestroy(), 20));
    });
    await withProxy(async (proxy) => {
      const { socket } = await tunnel(proxy, `a.test:${server.port}`);
      socket.resume();
      await once(socket, 'close');
      assert.equal(socket.destroyed, true);
    });
  });

  it('answers 502 where nobody listens', async () => {
    const gone = await startTcp(() => {});
    await gone[Symbol.asyncDispose]();
    await withProxy(async (proxy) => {
      const { socket, head } = await tunnel(proxy, `a.test:${gone.port}`);
      socket.destroy();
      assert.match(head, /^HTTP\/1\.1 502 /);
      assert.deepEqual(proxy.refusals, []);
    });
  });
});
