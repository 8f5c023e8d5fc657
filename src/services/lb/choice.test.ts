import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { connectClient, reach, reachMany, until } from './testing/client.ts';
import { asBackend, openBalancer } from './testing/open-balancer.ts';
import { startStub } from './testing/stub-backend.ts';

describe('choice', () => {
  test('connections are shared by weight', async () => {
    await using a = await startStub('a');
    await using b = await startStub('b');
    await using open = await openBalancer({
      backends: [asBackend(a, { weight: 30 }), asBackend(b, { weight: 10 })],
    });
    assert.deepEqual(await reachMany(open.port, 12), { a: 9, b: 3 });
  });

  test('leastconn goes where the fewest sessions are', async () => {
    await using a = await startStub('a');
    await using b = await startStub('b');
    await using open = await openBalancer({
      balance: 'leastconn',
      backends: [asBackend(a), asBackend(b)],
    });
    const held = await connectClient(open.port);
    const [holder] = (await held.ask('hold')).split(':');
    const other = holder === 'a' ? 'b' : 'a';
    const second = await connectClient(open.port);
    assert.match(await second.ask('x'), new RegExp(`^${other}:`));
    for (const { socket } of [held, second]) socket.destroy();
  });

  test('a backend that refuses a client is passed over, and nobody notices', async () => {
    await using a = await startStub('a');
    await using b = await startStub('b');
    await using open = await openBalancer({
      backends: [asBackend(a), asBackend(b)],
      check: { kind: 'tcp', intervalMs: 60_000, fastIntervalMs: 20, downIntervalMs: 20 },
    });
    await b.set('refuse');
    assert.deepEqual(await reachMany(open.port, 4), { a: 4 });
    const down = await until(
      () => open.backend('b'),
      ({ health }) => health === 'down',
    );
    assert.equal(down.lastVerdict?.reason, 'refused');
    assert.equal(down.connectErrors > 0, true);
  });

  test('with all backends down connections are refused at once, and that is told once', async () => {
    await using a = await startStub('a', { mode: 'sick' });
    await using open = await openBalancer({ backends: [asBackend(a)] });
    assert.deepEqual(await reachMany(open.port, 3), { refused: 3 });
    const { available, refused } = open.balancer.state().frontends[0]!;
    assert.deepEqual([available, refused.noBackend], [false, 3]);
    assert.equal(open.events.filter(({ kind }) => kind === 'unavailable').length, 1);
    await a.set('ok');
    assert.equal(
      await until(
        () => reach(open.port),
        (name) => name === 'a',
      ),
      'a',
    );
  });

  test('beyond what a backend takes connections wait in a queue of limited length and time', async () => {
    await using a = await startStub('a');
    await using open = await openBalancer({
      backends: [asBackend(a)],
      limits: { sessionsPerBackend: 1, queue: 2, queueTimeoutMs: 60_000 },
    });
    const first = await connectClient(open.port);
    await first.ask('hold');
    const [second, third] = await Promise.all([connectClient(open.port), connectClient(open.port)]);
    await until(
      () => open.balancer.state().frontends[0]!.waiting,
      (waiting) => waiting === 2,
    );
    assert.equal(await reach(open.port), 'refused');
    first.socket.destroy();
    const answers = Promise.all(
      [second, third].map(async (client) => {
        const answer = await client.ask('now');
        client.socket.destroy();
        return answer;
      }),
    );
    assert.deepEqual(await answers, ['a: now', 'a: now']);
    assert.equal(open.balancer.state().frontends[0]!.refused.queueFull, 1);
  });

  test('who waits too long or comes over the limit of the frontend is refused', async () => {
    await using a = await startStub('a');
    await using open = await openBalancer({
      backends: [asBackend(a)],
      limits: { sessions: 2, sessionsPerBackend: 1, queueTimeoutMs: 300 },
    });
    const held = await connectClient(open.port);
    await held.ask('hold');
    const late = reach(open.port);
    await until(
      () => open.balancer.state().frontends[0]!.waiting,
      (waiting) => waiting === 1,
    );
    assert.equal(await reach(open.port), 'refused');
    assert.equal(await late, 'refused');
    const { refused } = open.balancer.state().frontends[0]!;
    assert.deepEqual([refused.limit, refused.queueTimeout], [1, 1]);
    held.socket.destroy();
  });
});
