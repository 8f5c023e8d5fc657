import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { test } from 'node:test';
import { startStub } from '../testing/stub-backend.ts';
import type { CheckQuestion } from '../types.ts';
import { probe } from './probe.ts';

const readyz = { kind: 'http', path: '/readyz' } as const;

const ask = (port: number, question: CheckQuestion = readyz, timeoutMs = 5000) =>
  probe({ question, address: '127.0.0.1', port, timeoutMs }, new AbortController().signal);

/** What a check shows of a server that does this with each connection. */
async function shownBy(serve: (socket: Socket) => void, question?: CheckQuestion, timeoutMs?: number) {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    serve(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const answer = await ask((server.address() as AddressInfo).port, question, timeoutMs);
  server.close();
  return [answer?.passed, answer?.reason];
}

test('a check says why it failed', async () => {
  await using stub = await startStub('a', { mode: 'sick' });
  assert.deepEqual(await ask(stub.port), { passed: false, reason: 'status', detail: '500' });
  assert.equal((await ask(stub.port, { ...readyz, expectStatus: 500 }))?.passed, true);
  assert.equal((await ask(stub.port, { kind: 'tcp' }))?.passed, true);
  assert.equal((await ask(stub.port, { kind: 'https', path: '/' }))?.reason, 'tls');
  await stub.set('refuse');
  assert.deepEqual(await ask(stub.port), { passed: false, reason: 'refused', detail: 'ECONNREFUSED' });
  assert.equal((await ask(1, { ...readyz, port: stub.port }))?.reason, 'refused');
});

test('nothing that a backend does keeps a check from its end', async () => {
  assert.deepEqual(await shownBy(() => undefined, readyz, 100), [false, 'timeout']);
  assert.deepEqual(await shownBy((socket) => socket.resetAndDestroy()), [false, 'reset']);
  assert.deepEqual(await shownBy((socket) => socket.end('no http\r\n\r\n')), [false, 'protocol']);
  const endless = (socket: Socket) => {
    const more = () => socket.writable && socket.write('x: y\r\n'.repeat(1000), more);
    socket.write('HTTP/1.1 200 OK\r\n', more);
  };
  assert.deepEqual(await shownBy(endless), [false, 'protocol']);
});

test('a process that was busy does not hold its own delay against a backend', async () => {
  await using stub = await startStub('a');
  const asking = ask(stub.port, { kind: 'tcp' }, 20);
  const until = performance.now() + 100;
  while (performance.now() < until);
  assert.equal((await asking)?.passed, true);
});

test('a check that is given up learns nothing', async () => {
  const ending = new AbortController();
  const asking = probe({ question: readyz, address: '127.0.0.1', port: 1, timeoutMs: 5000 }, ending.signal);
  ending.abort();
  assert.equal(await asking, undefined);
});
