import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { connectClient, reach, reachMany, until } from './testing/client.ts';
import { asBackend, openBalancer } from './testing/open-balancer.ts';
import { startStub } from './testing/stub-backend.ts';

describe('drain', () => {
  test('a drained backend gets no new connection, its sessions go on, and the drain ends with them', async () => {
    await using a = await startStub('a');
    await using b = await startStub('b');
    await using open = await openBalancer({ backends: [asBackend(a), asBackend(b)] });
    const held = await connectClient(open.port);
    const [holder = ''] = (await held.ask('hold')).split(':');
    const draining = open.balancer.drain(holder);
    assert.equal((await reachMany(open.port, 6))[holder], undefined);
    assert.equal(await held.ask('still here'), `${holder}: still here`);
    held.socket.end();
    assert.deepEqual(await draining, { cut: 0 });
    open.balancer.enable(holder);
    assert.equal((await reachMany(open.port, 6))[holder], 3);
  });

  test('sessions that outlive the deadline are reset', async () => {
    await using a = await startStub('a');
    await using open = await openBalancer({ backends: [asBackend(a)] });
    const held = await connectClient(open.port);
    await held.ask('hold');
    assert.deepEqual(await open.balancer.drain('a', { deadlineMs: 50 }), { cut: 1 });
    await assert.rejects(held.rest(), { code: 'ECONNRESET' });
  });

  test('a temporary backend leaves once the permanent ones carry both frontends, and does not come back', async () => {
    await using boot = await startStub('bootstrap');
    await using api = await startStub('master-1');
    await using config = await startStub('master-1', { mode: 'refuse' });
    const bootstrap = asBackend(boot, { temporary: true });
    await using open = await openBalancer(
      [
        { name: 'api', backends: [bootstrap, asBackend(api)] },
        { name: 'machine-config', backends: [bootstrap, asBackend(config)] },
      ],
      { leave: { healthy: 'all', holdMs: 100 } },
    );
    const held = await connectClient(open.ports[1]!);
    assert.equal(await held.ask('x'), 'bootstrap: x');
    // The API alone would have let it go by now.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.equal(open.backend('bootstrap', 1).drained, false);
    await config.set('ok');
    await until(
      () => open.backend('bootstrap', 1).drained,
      (drained) => drained,
    );
    assert.equal(open.backend('bootstrap', 0).drained, true);
    assert.deepEqual(await reachMany(open.ports[1]!, 4), { 'master-1': 4 });
    assert.equal(await held.ask('y'), 'bootstrap: y');
    held.socket.destroy();
    await api.set('sick');
    await until(
      () => open.backend('master-1').health,
      (health) => health === 'down',
    );
    assert.equal(await reach(open.ports[0]!), 'refused');
  });

  test('sessions of a backend that went down are reset where that was asked, and go on where not', async () => {
    await using a = await startStub('a');
    await using open = await openBalancer([
      { backends: [asBackend(a)], closeDownAfterMs: 0 },
      { backends: [asBackend(a)] },
    ]);
    const [ends, stays] = [await connectClient(open.ports[0]!), await connectClient(open.ports[1]!)];
    for (const client of [ends, stays]) await client.ask('x');
    a.script([false]);
    await assert.rejects(ends.rest(), { code: 'ECONNRESET' });
    await until(
      () => open.backend('a', 1).health,
      (health) => health === 'down',
    );
    assert.equal(await stays.ask('still'), 'a: still');
    stays.socket.destroy();
  });

  test('other backends take over without the loss of a session, and those that stay keep their health', async () => {
    await using a = await startStub('a');
    await using b = await startStub('b');
    await using open = await openBalancer({ backends: [asBackend(a)] });
    const held = await connectClient(open.port);
    await held.ask('x');
    const { since } = open.backend('a');
    open.balancer.setBackends('front-0', [asBackend(a, { weight: 1 }), asBackend(b)]);
    assert.deepEqual([open.backend('a').since, open.backend('a').weight], [since, 1]);
    open.balancer.setBackends('front-0', [asBackend(b)]);
    assert.equal(await reach(open.port), 'b');
    assert.equal(await held.ask('y'), 'a: y');
    held.socket.destroy();
  });
});
