import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, test } from 'node:test';
import { hasCode } from '../../kernel/index.ts';
import { createBalancer } from './balancer.ts';
import { connectClient } from './testing/client.ts';

describe('bad input', () => {
  const front = {
    name: 'api',
    listen: { host: '127.0.0.1', port: 0 },
    check: { kind: 'tcp' },
    backends: [{ name: 'a', address: '127.0.0.1', port: 1 }],
  } as const;

  test('what can not be used is refused with its place', () => {
    const refuses = (frontend: object, code: string, place: RegExp) =>
      assert.throws(
        () => createBalancer({ frontends: [{ ...front, ...frontend }] }),
        (error) => hasCode(error, code) && place.test(error.message),
      );
    refuses({ name: 'a\nb' }, 'lb.badName', /"a\\nb"/);
    refuses({ listen: { host: 'bastion', port: 1 } }, 'lb.badAddress', /"listen.host" of "api"/);
    refuses({ check: { kind: 'http', path: '/x HTTP/1.1\r\nx: y' } }, 'lb.badPath', /"check.path" of "api"/);
    refuses({ check: { kind: 'tcp', rise: 0 } }, 'lb.badNumber', /"check.rise" of "api" is 0/);
    refuses({ limits: { idleMs: 1e12 } }, 'lb.badNumber', /limits.idleMs/);
    const [backend] = front.backends;
    refuses({ backends: [{ ...backend, address: 'x.example' }] }, 'lb.badAddress', /"address" of "api\/a"/);
    refuses({ backends: [{ ...backend, weight: 0.5 }] }, 'lb.badNumber', /"weight" of "api\/a" is 0.5/);
    refuses({ backends: [backend, { ...backend, port: 2 }] }, 'lb.sameName', /"a" stands in "api"/);
    refuses({ backends: [backend, { ...backend, name: 'b' }] }, 'lb.sameAddress', /"127.0.0.1:1"/);
    assert.throws(
      () => createBalancer({ frontends: [front, front] }),
      (error) => hasCode(error, 'lb.sameName'),
    );
  });

  test('an address that another program has is named, and no other frontend stays open', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const free = createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    const { port: freePort } = free.address() as { port: number };
    await new Promise((resolve) => free.close(resolve));
    const balancer = createBalancer({
      frontends: [
        { ...front, name: 'one', listen: { host: '127.0.0.1', port: freePort } },
        { ...front, listen: { host: '127.0.0.1', port } },
      ],
    });
    await assert.rejects(
      balancer.listen(),
      (error) =>
        hasCode(error, 'lb.addressInUse') &&
        error.message.includes(`"api" can not listen on 127.0.0.1:${port}`),
    );
    await assert.rejects(connectClient(freePort), { code: 'ECONNREFUSED' });
    other.close();
  });

  test('backends and frontends that do not exist are named with those that do', () => {
    const balancer = createBalancer({ frontends: [front] });
    assert.throws(() => balancer.enable('b'), { code: 'lb.noBackend', hint: 'It has: a' });
    assert.throws(() => balancer.setBackends('x', []), { code: 'lb.noFrontend', hint: 'It has: api' });
  });
});
