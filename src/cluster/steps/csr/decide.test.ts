import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  authorityExtension,
  clientRequest,
  makeRequest,
  secondExtensions,
  servingRequest,
  subjectOf,
} from '../../../../test/support/cluster-stub/node-requests.ts';
import { type Admission, decide, type RequestFacts } from './decide.ts';

const host = 'worker1.openshift4.example.com';
const address = '10.225.45.223';
const admission: Admission = {
  admitted: [{ host, address }],
  later: ['worker2.openshift4.example.com'],
  joined: new Set(),
};

test('decide() approves what a planned node asks for itself', async () => {
  assert.deepEqual(await decide(await clientRequest(host), admission), {
    approve: true,
    kind: 'client',
    host,
  });
  const joined = { ...admission, joined: new Set([host]) };
  assert.deepEqual(await decide(await servingRequest(host, address), joined), {
    approve: true,
    kind: 'serving',
    host,
  });
});

test('decide() leaves everything else, and says why', async () => {
  const client = await clientRequest(host);
  const serving = await servingRequest(host, address);
  const asked = async (options: Parameters<typeof makeRequest>[0], of: RequestFacts = client) => ({
    ...of,
    request: await makeRequest(options),
  });
  const subject = subjectOf(host);
  const dns = { type: 'dns', value: host } as const;
  const ip = { type: 'ip', value: address } as const;
  const pem = Buffer.from(client.request, 'base64').toString();
  const cases: readonly [string, RequestFacts][] = [
    ['unknownSigner', { ...client, signerName: 'kubernetes.io/kube-apiserver-client' }],
    ['unknownSigner', { ...client, signerName: 'kubernetes.io/legacy-unknown' }],
    ['unknownSigner', { ...client, signerName: null }],
    ['unknownRequester', { ...client, username: 'system:serviceaccount:default:node-bootstrapper' }],
    ['unknownRequester', { ...serving, username: 'system:admin' }],
    ['unknownRequester', { ...serving, groups: ['system:authenticated'] }],
    ['wrongSubject', { ...serving, username: 'system:node:master1.openshift4.example.com' }],
    ['malformed', { ...client, request: 'bm90IGEgcmVxdWVzdA==' }],
    ['malformed', { ...client, request: Buffer.from(pem + pem).toString('base64') }],
    ['malformed', { ...client, request: Buffer.from(`${pem}${'x'.repeat(40_000)}`).toString('base64') }],
    [
      'malformed',
      { ...client, request: Buffer.from(pem.replace(/M[A-Za-z]{20}/, 'MAAA')).toString('base64') },
    ],
    [
      'malformed',
      await asked({ subject, names: [dns, ip], attributes: [secondExtensions('api.evil')] }, serving),
    ],
    ['badSignature', await asked({ subject, forged: true })],
    ['wrongSubject', await asked({ subject: `O=system:masters, CN=system:node:${host}` })],
    ['wrongSubject', await asked({ subject: `O=system:nodes, O=system:masters, CN=system:node:${host}` })],
    ['wrongSubject', await asked({ subject: `O=system:nodes, CN=${host}` })],
    ['wrongSubject', await asked({ subject: `O=system:nodes, CN=system:admin, CN=system:node:${host}` })],
    ['wrongSubject', await asked({ subject: `CN=system:node:${host}` })],
    ['notPlanned', await clientRequest('evil.openshift4.example.com')],
    ['notPlanned', await clientRequest(`${host}.evil.example`)],
    ['notPlanned', await clientRequest(host.toUpperCase())],
    ['notPlanned', await clientRequest('worker1')],
    ['notYet', await clientRequest('worker2.openshift4.example.com')],
    ['wrongUsages', { ...client, usages: [...client.usages, 'server auth'] }],
    ['wrongUsages', { ...serving, usages: ['digital signature'] }],
    ['wrongNames', await asked({ subject, names: [dns] })],
    ['wrongNames', await asked({ subject, names: [dns] }, serving)],
    ['wrongNames', await asked({ subject, names: [dns, { type: 'ip', value: '10.225.45.251' }] }, serving)],
    ['wrongNames', await asked({ subject, names: [dns, ip, { type: 'dns', value: 'api.evil' }] }, serving)],
    ['wrongNames', await asked({ subject, names: [dns, ip, { type: 'email', value: 'a@b.c' }] }, serving)],
    ['wrongNames', await asked({ subject }, serving)],
    ['foreignExtension', await asked({ subject, extensions: [authorityExtension] })],
  ];
  for (const [reason, facts] of cases) {
    const decision = await decide(facts, admission);
    assert.deepEqual(decision.approve ? 'approved' : decision.reason, reason);
  }
  const joined = { ...admission, joined: new Set([host]) };
  const again = await decide(client, joined);
  assert.equal(!again.approve && again.reason, 'alreadyJoined');
});
