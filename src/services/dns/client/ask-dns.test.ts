import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serve } from '../testing/serve.ts';
import { startUpstream } from '../testing/upstream.ts';
import { askDns, type DnsQuestion } from './ask-dns.ts';

const zone = 'openshift4.example.com';
const ask = (port: number, question: Partial<DnsQuestion> & Pick<DnsQuestion, 'name'>) =>
  askDns({
    server: { host: '127.0.0.1', port },
    type: 'A',
    transport: 'udp',
    timeoutMs: 5_000,
    signal: new AbortController().signal,
    ...question,
  });

test('askDns() reads addresses, names and services over both transports, and says what is not there', async () => {
  await using server = await serve();
  for (const transport of ['udp', 'tcp'] as const) {
    assert.deepEqual(await ask(server.port, { name: `api.${zone}`, transport }), {
      kind: 'answer',
      rcode: 'NOERROR',
      data: ['10.225.45.250'],
    });
    assert.deepEqual(await ask(server.port, { name: `nobody.${zone}`, transport }), {
      kind: 'answer',
      rcode: 'NXDOMAIN',
      data: [],
    });
  }
  const ptr = await ask(server.port, { name: '251.45.225.10.in-addr.arpa', type: 'PTR' });
  assert.deepEqual(ptr.kind === 'answer' && ptr.data, [`master1.${zone}`]);
  const srv = await ask(server.port, { name: `_etcd-server-ssl._tcp.${zone}`, type: 'SRV' });
  assert.deepEqual(
    srv.kind === 'answer' && srv.data.toSorted(),
    [0, 1, 2].map((at) => `0 10 2380 etcd-${at}.${zone}`),
  );
});

test('askDns() follows an alias to its address, and takes an answer that was cut for what it is', async () => {
  await using server = await serve();
  const alias = await ask(server.port, { name: `alias.${zone}` });
  assert.deepEqual(alias.kind === 'answer' && alias.data, ['10.225.45.250']);
  assert.equal((await ask(server.port, { name: `many.${zone}` })).kind, 'cut');
  const whole = await ask(server.port, { name: `many.${zone}`, transport: 'tcp' });
  assert.equal(whole.kind === 'answer' && whole.data.length, 100);
});

test('askDns() believes no packet that is no answer, and gives up on a flood of them', async () => {
  await using liar = await startUpstream(({ packet }) =>
    Array.from({ length: 30 }, (_, at) => {
      const answer = Buffer.from(packet);
      answer[0] = answer[0]! ^ (at + 1);
      answer[2] = 0x84;
      return answer;
    }),
  );
  const port = Number(liar.address.split(':')[1]);
  assert.deepEqual(await ask(port, { name: `api.${zone}` }), { kind: 'silent', reason: 'flood' });
});

test('askDns() says so where there is no way to the server, and asks again where a packet was lost', async () => {
  const server = { host: '255.255.255.255', port: 53 };
  assert.deepEqual(await ask(0, { name: `api.${zone}`, server }), { kind: 'silent', reason: 'network' });
  await using deaf = await startUpstream(() => []);
  const port = Number(deaf.address.split(':')[1]);
  assert.deepEqual(await ask(port, { name: `api.${zone}`, timeoutMs: 30 }), {
    kind: 'silent',
    reason: 'timeout',
  });
  assert.equal(deaf.asked.length, 2);
});
