import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { referencePlan } from '../testing/reference-plan.ts';
import { renderPlan } from './render-plan.ts';
import { inputsFor } from './testing/inputs.ts';
import { parseHaproxy, wordsAfter } from './testing/parse-haproxy.ts';
import {
  deviations,
  referenceHaproxy,
  referenceInstallConfig,
  referenceKeys,
} from './testing/reference-text.ts';

const files = renderPlan(referencePlan, inputsFor(referencePlan));
const text = (path: string): string => files.get(path)!.text;

test('etcd gets the 14 keys of the reference, value by value, and the bastion', () => {
  const keys: Record<string, unknown> = JSON.parse(text('dns/etcd-keys.json'));
  const bastion = '/skydns/com/example/openshift4/bastion';
  const written = Object.entries(keys).map(([key, value]) => [key, JSON.stringify(value)]);
  assert.deepEqual(Object.fromEntries(written.filter(([key]) => key !== bastion)), referenceKeys);
  assert.deepEqual(keys[bastion], { host: '10.225.45.250', ttl: 60 });
});

test('the Corefile answers the wildcard as the reference does, and asks its upstream', () => {
  const lines = text('dns/Corefile')
    .split('\n')
    .map((line) => line.trim());
  for (const line of [
    'template IN A apps.openshift4.example.com {',
    'answer "{{ .Name }} 60 IN A 10.225.45.250"',
    'path /skydns',
    'forward . 114.114.114.114',
    'cache 160',
    'loadbalance',
  ])
    assert.ok(lines.includes(line), line);
  const [, pattern] = /match (\S+)/.exec(text('dns/Corefile'))!;
  const matches = (name: string) => new RegExp(pattern!).test(name);
  assert.ok(matches('apps.openshift4.example.com.') && matches('a.b.apps.openshift4.example.com.'));
  for (const other of [
    'myapps.openshift4.example.com.',
    'apps.openshift4.example.com.evil.org.',
    'apps-openshift4.example.com.',
  ])
    assert.ok(!matches(other), other);
});

test('the balancer has the frontends of the reference, and its servers line by line', () => {
  const ours = parseHaproxy(text('haproxy/haproxy.cfg'));
  const theirs = parseHaproxy(referenceHaproxy);
  assert.deepEqual(wordsAfter(ours, 'backend', 'server'), wordsAfter(theirs, 'backend', 'server'));
  assert.deepEqual(wordsAfter(ours, 'backend', 'balance'), wordsAfter(theirs, 'backend', 'balance'));
  const { stats: _, ...frontends } = wordsAfter(ours, 'frontend', 'default_backend');
  assert.deepEqual(frontends, wordsAfter(theirs, 'frontend', 'default_backend'));
  const { stats: __, ...binds } = wordsAfter(ours, 'frontend', 'bind');
  const expected = Object.entries(wordsAfter(theirs, 'frontend', 'bind')).map(([name, bind]) => [
    name,
    bind.map(([port]) => [`10.225.45.250${port}`]),
  ]);
  assert.deepEqual(binds, Object.fromEntries(expected));
});

test('after bootstrap the balancer is the same without it', () => {
  const without = text('haproxy/haproxy.cfg')
    .split('\n')
    .filter((line) => !/^ +server bootstrap /.test(line))
    .join('\n');
  assert.equal(text('haproxy/after-bootstrap.cfg'), without);
});

test('install-config.yaml says what that of the reference says', () => {
  const { pullSecret, sshKey, additionalTrustBundle, networking, ...rest } = parse(
    text('install-config.yaml'),
  );
  const { machineNetwork, ...known } = networking;
  assert.deepEqual({ ...rest, networking: known }, referenceInstallConfig);
  assert.deepEqual(machineNetwork, [{ cidr: '10.225.45.0/24' }]);
  const inputs = inputsFor(referencePlan);
  assert.deepEqual(JSON.parse(pullSecret), JSON.parse(inputs.pullSecret));
  assert.ok(!pullSecret.includes('\n'));
  assert.equal(sshKey, inputs.sshKey.trim());
  assert.equal(additionalTrustBundle, inputs.trustBundle);
});

test('each node has its kernel line, that of bootstrap as the reference types it', () => {
  assert.equal(
    text('boot/bootstrap.txt'),
    'ip=10.225.45.223::10.225.45.254:255.255.255.0:bootstrap.openshift4.example.com:ens192:none nameserver=10.225.45.250 coreos.inst.install_dev=sda coreos.inst.image_url=http://10.225.45.250:8080/rhcos.raw.gz coreos.inst.ignition_url=http://10.225.45.250:8080/ignition/bootstrap.ign\n',
  );
  for (const name of ['master1', 'master2', 'master3', 'worker1']) {
    assert.match(text(`boot/${name}.txt`), new RegExp(`:${name}\\.openshift4\\.example\\.com:ens192:none `));
    assert.ok(text(`boot/${name}.ipxe`).includes(text(`boot/${name}.txt`).trim()));
  }
});

test('every deviation stands in docs/deviations.md with its reason, and nothing else does', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../../docs/deviations.md'), 'utf8');
  const rows = page.split('\n').filter((line) => line.startsWith('| `'));
  assert.deepEqual(
    rows,
    deviations.map(
      ({ file, reference, rendered, why }) => `| \`${file}\` | ${reference} | ${rendered} | ${why} |`,
    ),
  );
});
