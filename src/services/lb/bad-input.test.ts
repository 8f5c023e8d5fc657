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
    refuses({ name: 'a\nb' }, 'lb.badFrontend', /"name" is "a\\nb"/);
    refuses({ listen: { host: 'bastion', port: 1 } }, 'lb.badFrontend', /listen.host/);
    refuses({ check: { kind: 'http', path: '/x HTTP/1.1\r\nx: y' } }, 'lb.badFrontend', /check.path/);
    refuses({ check: { kind: 'tcp', rise: 0 } }, 'lb.badFrontend', /check.rise/);
    refuses({ limits: { idleMs: 1e12 } }, 'lb.badFrontend', /limits.idleMs/);
    refuses({ backends: [{ ...front.backends[0], address: 'x.example' }] }, 'lb.badBackend', /"address"/);
    refuses({ backends: [{ ...front.backends[0], weight: 0.5 }] }, 'lb.badBackend', /"weight"/);
    refuses({ backends: [front.backends[0], front.backends[0]] }, 'lb.twice', /Backend "a"/);
    assert.throws(
      () => createBalancer({ frontends: [front, front] }),
      (error) => hasCode(error, 'lb.twice'),
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
