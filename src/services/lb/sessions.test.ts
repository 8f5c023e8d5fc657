import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { connectClient, reach, until } from './testing/client.ts';
import { asBackend, openBalancer } from './testing/open-balancer.ts';
import { bulkOf, startStub } from './testing/stub-backend.ts';

describe('sessions', () => {
  test('bytes go both ways, each end reaches the other side by itself, and both are counted', async () => {
    await using stub = await startStub('a');
    await using open = await openBalancer({ backends: [asBackend(stub)] });
    const client = await connectClient(open.port);
    assert.equal(await client.ask('hello'), 'a: hello');
    client.socket.end();
    assert.equal(await client.rest(), 'a saw the end');
    const after = await until(
      () => open.backend('a'),
      ({ sessions }) => sessions === 0,
    );
    assert.deepEqual(
      [after.sessionsTotal, after.bytesFromClients, after.bytesToClients],
      [1, 5, 'a: hello'.length + 'a saw the end'.length],
    );
  });

  test('a backend may end first and still hears the client', async () => {
    await using stub = await startStub('a');
    await using open = await openBalancer({ backends: [asBackend(stub)] });
    const client = await connectClient(open.port);
    client.socket.write('bye');
    assert.equal(await client.rest(), 'a: bye');
    assert.equal(client.socket.writable, true);
    client.socket.end();
    assert.equal(
      (
        await until(
          () => open.backend('a'),
          ({ sessions }) => sessions === 0,
        )
      ).sessions,
      0,
    );
  });

  test('a stream that a backend breaks off is not taken for one that ended', async () => {
    await using stub = await startStub('a');
    await using open = await openBalancer({ backends: [asBackend(stub)] });
    const client = await connectClient(open.port);
    client.socket.write('reset');
    await assert.rejects(client.rest(), { code: 'ECONNRESET' });
  });

  test('every byte of many streams arrives, also at clients that read slowly', async () => {
    await using stub = await startStub('a');
    await using open = await openBalancer({ backends: [asBackend(stub)] });
    const sizeBytes = 3_000_001;
    const streams = Array.from({ length: 12 }, async (_, n) => {
      const client = await connectClient(open.port);
      client.socket.end(`bulk ${sizeBytes} ${n}`);
      const parts: Buffer[] = [];
      for await (const part of client.socket) {
        parts.push(part);
        if (n % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      return Buffer.concat(parts).equals(Buffer.concat([bulkOf(sizeBytes, n), Buffer.from('a saw the end')]));
    });
    assert.deepEqual([...new Set(await Promise.all(streams))], [true]);
  });

  test('a client that does not read stops its backend instead of filling memory', async () => {
    const sizeBytes = 200_000_000;
    await using stub = await startStub('a');
    await using open = await openBalancer({ backends: [asBackend(stub)] });
    const client = await connectClient(open.port);
    client.socket.pause();
    client.socket.write(`bulk ${sizeBytes}`);
    let last = -1;
    const stuck = await until(
      async () => {
        await new Promise((resolve) => setTimeout(resolve, 50));
        const { bytesToClients } = open.backend('a');
        const same = bytesToClients === last && last > 0;
        last = bytesToClients;
        return same;
      },
      (same) => same,
    );
    assert.equal(stuck, true);
    assert.ok(last < sizeBytes / 4, `${last} bytes were taken`);
  });

  test('a silent session ends after its time, one that talks goes on', async () => {
    await using stub = await startStub('a');
    await using open = await openBalancer({ backends: [asBackend(stub)], limits: { idleMs: 1500 } });
    const silent = await connectClient(open.port);
    const talking = await connectClient(open.port);
    await silent.ask('hello');
    const talk = setInterval(() => talking.socket.write('x'), 100);
    await assert.rejects(silent.rest(), { code: 'ECONNRESET' });
    clearInterval(talk);
    assert.equal(
      await until(
        () => open.backend('a').sessions,
        (sessions) => sessions === 1,
      ),
      1,
    );
    assert.equal(talking.socket.readyState, 'open');
    talking.socket.destroy();
  });

  test('clients that connect and say nothing do not keep others out', async () => {
    await using stub = await startStub('a');
    await using open = await openBalancer({ backends: [asBackend(stub)] });
    const mute = await Promise.all(Array.from({ length: 1000 }, () => connectClient(open.port)));
    assert.equal(await reach(open.port), 'a');
    assert.equal(open.balancer.state().frontends[0]!.connections >= 1000, true);
    for (const { socket } of mute) socket.destroy();
    const left = await until(
      () => open.backend('a').sessions,
      (sessions) => sessions === 0,
    );
    assert.equal(left, 0);
  });

  test('clients that reset at any moment leave nothing behind', async () => {
    await using stub = await startStub('a');
    await using open = await openBalancer({ backends: [asBackend(stub)] });
    const resets = Array.from({ length: 200 }, async (_, n) => {
      const { socket } = await connectClient(open.port);
      if (n % 2 === 0) socket.write('bulk 1000000');
      if (n % 4 === 0) await new Promise((resolve) => socket.once('readable', resolve));
      socket.resetAndDestroy();
    });
    await Promise.all(resets);
    const state = await until(
      () => open.balancer.state().frontends[0]!,
      ({ connections, backends }) => connections === 0 && backends[0]!.sessions === 0,
    );
    assert.deepEqual([state.connections, state.backends[0]!.sessions], [0, 0]);
    assert.equal(await reach(open.port), 'a');
  });
});
