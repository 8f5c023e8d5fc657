import assert from 'node:assert/strict';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import type { BalancerState, Frontend } from '../../../src/services/lb/index.ts';
import { until } from '../../../src/services/lb/testing/client.ts';
import { type NamespaceHost, namespaceNetwork } from '../../support/namespaces.ts';
import type { HostQuestion } from './host-child.ts';

const ports = { api: 6443, config: 22623 };
const addresses = {
  bastion: '10.225.45.250',
  bootstrap: '10.225.45.223',
  master1: '10.225.45.251',
  master2: '10.225.45.252',
  master3: '10.225.45.222',
  client: '10.225.45.10',
};
const masters = ['master1', 'master2', 'master3'] as const;

/** A program on a host that does what it is asked, one thing at a time. */
function programOn(host: NamespaceHost) {
  const child = host.spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'host-child.ts')],
    { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  );
  return async <Answer>(question: HostQuestion): Promise<Answer> => {
    child.send(question);
    const [{ value, error }] = (await once(child, 'message')) as [{ value?: Answer; error?: string }];
    if (error) throw new Error(error);
    return value as Answer;
  };
}

test('on hosts of their own: masters come up, bootstrap leaves, and sessions that are open go on', async (t) => {
  await using network = await namespaceNetwork(t, addresses);
  if (!network) return;
  const { hosts } = network;
  const bastion = programOn(hosts.bastion);
  const client = programOn(hosts.client);
  const nodes = Object.fromEntries(
    (['bootstrap', ...masters] as const).map((name) => [name, programOn(hosts[name])]),
  );
  for (const [name, node] of Object.entries(nodes))
    await node({ do: 'stub', name, host: addresses[name as 'master1'], ports: Object.values(ports) });
  const setMode = async (name: string, mode: 'ok' | 'sick') => {
    for (const port of Object.values(ports)) await nodes[name]!({ do: 'mode', port, mode });
  };
  const frontend = (name: keyof typeof ports): Frontend => ({
    name,
    listen: { host: addresses.bastion, port: ports[name] },
    check: { kind: 'http', path: '/readyz', intervalMs: 100, fastIntervalMs: 50, downIntervalMs: 50 },
    slowStartMs: 0,
    backends: (['bootstrap', ...masters] as const).map((node) => ({
      name: node,
      address: addresses[node],
      port: ports[name],
      temporary: node === 'bootstrap',
    })),
  });
  await bastion({
    do: 'balance',
    frontends: [frontend('api'), frontend('config')],
    leave: { healthy: 'all', holdMs: 200 },
  });
  const state = () => bastion<BalancerState['frontends']>({ do: 'state' });
  const stateUntil = (right: (backends: BalancerState['frontends'][number]['backends']) => boolean) =>
    until(state, (frontends) => frontends.every(({ backends }) => right(backends)));
  const reach = (port: number) =>
    client<Record<string, number>>({ do: 'reach', host: addresses.bastion, port, times: 6 });

  assert.deepEqual(await reach(ports.api), { refused: 6 });
  await setMode('bootstrap', 'ok');
  await stateUntil((backends) => backends[0]!.health === 'up');
  assert.deepEqual(await reach(ports.config), { bootstrap: 6 });
  assert.equal(await client({ do: 'hold', host: addresses.bastion, port: ports.api }), 'bootstrap: hold');

  // Answers, and is not ready: as an API that starts.
  await setMode('master1', 'sick');
  for (const name of ['master2', 'master3']) await setMode(name, 'ok');
  await stateUntil((backends) => backends.filter(({ health }) => health === 'up').length === 3);
  assert.deepEqual(await reach(ports.api), { bootstrap: 2, master2: 2, master3: 2 });

  await setMode('master1', 'ok');
  await stateUntil((backends) => backends[0]!.drained);
  for (const port of Object.values(ports))
    assert.deepEqual(await reach(port), { master1: 2, master2: 2, master3: 2 });
  assert.equal(await client({ do: 'talk' }), 'bootstrap: still');
});
