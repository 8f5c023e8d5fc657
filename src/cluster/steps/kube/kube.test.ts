import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startKubeStub } from '../../../../test/support/cluster-stub/kube-stub.ts';
import { clientRequest } from '../../../../test/support/cluster-stub/node-requests.ts';
import { hasCode } from '../../../kernel/index.ts';
import { createClusterApi } from './cluster-api.ts';
import { createKube } from './create-kube.ts';
import { parseKubeconfig } from './kubeconfig.ts';

const stub = await startKubeStub();
const kube = createKube(parseKubeconfig(stub.kubeconfig(), 'kubeconfig'), { maxBytes: 1024 ** 2 });
const api = createClusterApi(kube);
after(async () => {
  kube.close();
  await stub.stop();
});
const nodes = '/api/v1/nodes';
const node = (name: string) => ({ metadata: { name } });
const hostile = async (status: number, body: string, code: string) => {
  stub.before = (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    return true;
  };
  try {
    await assert.rejects(api.nodes(), (error) => hasCode(error, code), `${status} ${body.slice(0, 40)}`);
  } finally {
    stub.before = undefined;
  }
};

test('list() joins pages, and passes over what is of no known form', async () => {
  for (let at = 0; at < 1203; at++) stub.set(nodes, node(`n${at}`));
  stub.set(nodes, { metadata: { name: 'odd' }, status: { conditions: 'none' } });
  assert.equal((await kube.list(nodes)).items.length, 1204);
  assert.equal((await api.nodes()).length, 1203);
});

test('an API by name is dialled at the address that the plan has for it', async () => {
  const named = parseKubeconfig(stub.kubeconfig('api.openshift4.example.com'), 'kubeconfig');
  const dialled = createKube(named, {
    addresses: new Map([['api.openshift4.example.com', '127.0.0.1']]),
  });
  assert.ok(await dialled.get('/version'));
  dialled.close();
});

test('watch() gives changes from a list on, and ends when it is aborted', async () => {
  const { resourceVersion } = await kube.list(nodes);
  const end = new AbortController();
  const seen: string[] = [];
  const watching = (async () => {
    for await (const { type, object } of kube.watch(nodes, resourceVersion, { signal: end.signal })) {
      seen.push(`${type} ${(object as { metadata: { name: string } }).metadata.name}`);
      if (seen.length === 2) end.abort();
    }
  })();
  while (!stub.asked.at(-1)?.startsWith('GET /api/v1/nodes')) await new Promise(setImmediate);
  const timer = setInterval(() => stub.set(nodes, node('late')), 20);
  await assert.rejects(watching, { name: 'AbortError' });
  clearInterval(timer);
  assert.match(seen.join(' '), /^(ADDED|MODIFIED) late MODIFIED late$/);
});

test('approve() sends back the object that was checked, and is refused where it changed since', async () => {
  const requests = '/apis/certificates.k8s.io/v1beta1/certificatesigningrequests';
  const spec = await clientRequest('worker1.openshift4.example.com');
  stub.set(requests, { metadata: { name: 'csr-1' }, spec });
  stub.set(requests, { metadata: { name: 'csr-2' }, spec });
  stub.set(requests, { metadata: { name: '../../nodes/x' }, spec });
  const [first, second, ...more] = await api.requests();
  assert.equal(more.length, 0);
  await api.approve(first!, 'as planned');
  assert.match(JSON.stringify(stub.get(`${requests}/csr-1`)), /"type":"Approved"/);
  stub.set(requests, { metadata: { name: 'csr-2' }, spec: { ...spec, username: 'system:admin' } });
  await assert.rejects(api.approve(second!, 'as planned'), (error) => hasCode(error, 'cluster.apiFailed'));
  assert.doesNotMatch(JSON.stringify(stub.get(`${requests}/csr-2`)), /Approved/);
});

test('hostile answers end in errors of ours', async () => {
  await hostile(200, '{"items":[', 'cluster.apiMalformed');
  await hostile(200, '{"items":{}}', 'cluster.apiMalformed');
  await hostile(200, '[1]', 'cluster.apiMalformed');
  await hostile(200, '{"items":[],"metadata":{"continue":"again"}}', 'cluster.apiMalformed');
  await hostile(200, `{"items":["${'x'.repeat(1024 ** 2)}"]}`, 'cluster.apiMalformed');
  await hostile(403, '{"message":"forbidden"}', 'cluster.apiDenied');
  await hostile(418, '<html>', 'cluster.apiFailed');
  stub.isUp = false;
  await assert.rejects(api.nodes(), (error) => hasCode(error, 'cluster.apiUnreachable'));
  assert.equal(await api.isUp(), false);
  stub.isUp = true;
  assert.equal(await api.isUp(), true);
});

test('a read is tried again where the API is busy for a moment', async () => {
  let refused = 0;
  stub.before = (_, response) => {
    if (refused++ > 0) return false;
    response.writeHead(503).end();
    return true;
  };
  assert.ok(await kube.get('/version'));
  stub.before = undefined;
});

test('parseKubeconfig() refuses what does not lead to an API, without quoting it', () => {
  const good = stub.kubeconfig();
  const cases = [
    'key: [secret-key',
    good.replace('https:', 'http:'),
    good.replace('current-context: admin', 'current-context: other'),
    good.replace(/token: \S+/, 'client-key-data: c2VjcmV0'),
    good.replace(/token: \S+/, 'other: secret-token'),
  ];
  for (const text of cases)
    assert.throws(
      () => parseKubeconfig(text, 'kubeconfig'),
      (error) => hasCode(error, 'cluster.badKubeconfig') && !/secret/.test(error.message),
      text.slice(0, 40),
    );
});
