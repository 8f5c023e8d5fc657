import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { systemClock } from '../../../src/kernel/index.ts';
import { createAuthority, parseHostNames } from '../../../src/registry/index.ts';
import { createBalancer } from '../../../src/services/lb/index.ts';
import { until } from '../../../src/services/lb/testing/client.ts';

test('an API with a certificate that nobody here signed is checked over TLS', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-lb-'));
  t.after(() => rm(folder, { recursive: true }));
  const authority = createAuthority({ folder, clock: systemClock });
  const { key, cert } = await authority.identityFor(parseHostNames(['api.example.com']));
  let status = 200;
  const api = createServer({ key, cert }, (request, response) => {
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
