import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createEgressGuard } from '../guard.ts';
import { dialProxy, getThrough, openThrough, sendRaw, tunnel } from '../testing/proxy-client.ts';
import { resolverOf, startOrigin, startTcp, until } from '../testing/servers.ts';

const guard = createEgressGuard({
  policy: { allow: ['127.0.0.2/32'], never: [] },
  resolver: resolverOf({ 'a.test': ['127.0.0.2'] }),
});

describe('the proxy, at its limits', () => {
  it('cuts everything once the bytes are used up', async () => {
    const open = () => guard.openProxy({ maxBytes: 5_000_000 });
    const block = Buffer.alloc(100_000);
    await using endless = await startOrigin((_request, response) => {
      const more = () => {
        while (!response.destroyed) if (!response.write(block)) return void response.once('drain', more);
      };
      more();
    });
    await using stream = await startTcp((socket) => {
      const more = () => {
        while (!socket.destroyed) if (!socket.write(block)) return void socket.once('drain', more);
      };
      more();
    });
    for (const form of ['absolute', 'tunnel']) {
      const capped = await open();
      try {
        const idle = dialProxy(capped);
        const idleClosed = new Promise((resolve) => idle.once('close', resolve));
        const body =
          form === 'absolute'
            ? await openThrough(capped, `http://a.test:${endless.port}/`)
            : (await tunnel(capped, `a.test:${stream.port}`)).socket;
        let received = 0;
        body
          .on('error', () => {})
          .on('data', (chunk: Buffer) => {
            received += chunk.length;
          });
        body.resume();
        await new Promise((resolve) => body.once('close', resolve));
        await idleClosed;
        assert.equal(capped.capped, true);
        assert.ok(received <= 5_000_000, `${received} bytes got through`);
        assert.ok(capped.receivedBytes > 5_000_000 && capped.receivedBytes < 6_000_000);
        await until(() => endless.sockets.size === 0 && stream.sockets.size === 0);
        await assert.rejects(getThrough(capped, `http://a.test:${endless.port}/`));
      } finally {
        await capped.close();
      }
    }
  });

  it('cuts every connection when it closes, waiting ones too', async () => {
    await using silent = await startTcp((socket) => void socket.resume());
    const proxy = await guard.openProxy({ maxBytes: 1e6, maxConnections: 2 });
    const { socket } = await tunnel(proxy, `a.test:${silent.port}`);
    const cut = new Promise((resolve) => socket.resume().once('close', resolve));
    const waiting = [1, 2, 3].map(() => assert.rejects(openThrough(proxy, `http://a.test:${silent.port}/`)));
    await until(() => silent.sockets.size === 2);
    await proxy.close();
    await Promise.all([cut, ...waiting]);
    await until(() => silent.sockets.size === 0);
    await assert.rejects(getThrough(proxy, `http://a.test:${silent.port}/`));
  });

  it('keeps at most a thousand refusals', async () => {
    const proxy = await guard.openProxy({ maxBytes: 1e6 });
    try {
      const one = 'GET http://10.0.0.1/ HTTP/1.1\r\nHost: x\r\n\r\n';
      for (let i = 0; i < 1010; i++) await sendRaw(proxy, one);
      assert.equal(proxy.refusals.length, 1000);
    } finally {
      await proxy.close();
    }
  });
});
