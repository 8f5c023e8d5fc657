import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import { createBalancer } from '../../../src/services/lb/index.ts';
import { until } from '../../../src/services/lb/testing/client.ts';
import { cases } from './cases.ts';
import { haproxy, startHaproxy, startOurs } from './peers.ts';

const skip = spawnSync(haproxy, ['-v']).status === 0 ? false : 'haproxy is not installed';

describe('Holdfast and haproxy do the same', { concurrency: 4, skip }, () => {
  for (const [name, run] of Object.entries(cases))
    test(name, async () => {
      const [ours, theirs] = await Promise.all([run(startOurs), run(startHaproxy)]);
      assert.deepEqual(ours, theirs);
    });
});

test('an API with a certificate that nobody here signed is checked over TLS', async (t) => {
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=api'],
    ...['-keyout', '/dev/stdout', '-out', '/dev/stdout'],
  ]);
  if (made.status !== 0) return t.skip('openssl is not installed');
  const pem = String(made.stdout);
  let status = 200;
  const api = createServer({ key: pem, cert: pem }, (request, response) => {
    response.writeHead(request.url === '/readyz' ? status : 404).end();
  }).listen(0, '127.0.0.1');
  await once(api, 'listening');
  const balancer = createBalancer({
    frontends: [
      {
        name: 'api',
        listen: { host: '127.0.0.1', port: 0 },
        check: { kind: 'https', path: '/readyz', intervalMs: 50, fastIntervalMs: 20 },
        backends: [{ name: 'master1', address: '127.0.0.1', port: (api.address() as AddressInfo).port }],
      },
    ],
  });
  await balancer.listen();
  const health = (wanted: string) =>
    until(
      () => balancer.state().frontends[0]!.backends[0]!.health,
      (is) => is === wanted,
    );
  try {
    assert.equal(await health('up'), 'up');
    status = 500;
    assert.equal(await health('down'), 'down');
    assert.equal(balancer.state().frontends[0]!.backends[0]!.lastVerdict?.detail, '500');
  } finally {
    await balancer.close();
    api.close();
  }
});
