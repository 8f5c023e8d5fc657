import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { referencePlan } from '../testing/reference-plan.ts';
import { referenceYaml } from '../testing/reference-yaml.ts';
import { parsePlan } from './parse-plan.ts';

const told = (text: string) =>
  parsePlan(text).issues.map(({ code, path, line, column }) => `${line}:${column} ${code} ${path}`);

test('the reference scenario in YAML is exactly the reference plan', () => {
  const { plan, issues } = parsePlan(referenceYaml);
  assert.deepEqual(issues, []);
  assert.deepEqual(plan, referencePlan);
});

test('the example that shows every field of the reference text is the same plan', () => {
  const file = new URL('../../../../examples/ocp-4.5.9/plan.yaml', import.meta.url);
  assert.deepEqual(parsePlan(readFileSync(file, 'utf8')).plan, referencePlan);
});

test('everything that is wrong with the structure is told at once, where it stands', () => {
  const text = referenceYaml
    .replace('name: openshift4', 'name: OpenShift_4')
    .replace('version: 4.5.9', 'version: 4.20')
    .replace('gateway: 10.225.45.254', 'gatway: 10.225.45.254')
    .replace('address: 10.225.45.252', 'address: 10.225.45.352')
    .replace('disk: sda', 'disk: [sda]')
    .replace('role: bootstrap', 'role: boot');
  assert.deepEqual(told(text), [
    '2:9 plan.notLabel cluster.name',
    '4:12 plan.notVersion cluster.version',
    '5:1 plan.missing networks.gateway',
    '7:3 plan.unknownKey networks.gatway',
    '16:3 plan.type nodeDefaults.disk',
    '19:30 plan.choice nodes[0].role',
    '21:45 plan.notAddress nodes[2].address',
  ]);
  assert.equal(parsePlan(text).plan, undefined);
});

test('a number where a text is wanted counts as it is written', () => {
  const { plan } = parsePlan(referenceYaml.replace('name: master1', 'name: 0100'));
  assert.equal(plan?.nodes[1]?.name, '0100');
  const version = parsePlan(referenceYaml.replace('version: 4.5.9', 'version: 4.20')).issues[0];
  assert.match(version?.message ?? '', /"4\.20"/);
});

test('an unknown key names the field that it most likely stands for', () => {
  const hintOf = (text: string) => parsePlan(text).issues.find((it) => it.code === 'plan.unknownKey')?.hint;
  assert.match(
    hintOf(referenceYaml.replace('  services:', '  serviceNetwork:')) ?? '',
    /"networks\.services"/,
  );
  assert.match(hintOf(`${referenceYaml}\nimageContentSources: []\n`) ?? '', /"registry"/);
  assert.match(hintOf(referenceYaml.replace('gateway:', 'gatewy:')) ?? '', /"gateway"/);
});

test('anchors’ aliases, merge keys, second documents and keys that stand twice are refused', () => {
  const codes = (text: string) => parsePlan(text).issues.map((it) => it.code);
  assert.ok(
    codes(referenceYaml.replace('10.225.45.252', '&a 10.225.45.252').replace('10.225.45.222', '*a')).includes(
      'plan.alias',
    ),
  );
  assert.ok(codes(`${referenceYaml}<<: {}\n`).includes('plan.mergeKey'));
  assert.ok(codes(`${referenceYaml}---\na: 1\n`).includes('plan.severalDocuments'));
  assert.ok(codes(referenceYaml.replace('baseDomain', 'name')).includes('plan.duplicateKey'));
  assert.ok(codes('').includes('plan.empty'));
  assert.ok(codes('[]').includes('plan.type'));
  assert.ok(codes('a: "x').includes('plan.yaml'));
  assert.ok(codes(`${referenceYaml}__proto__: {}\n`).includes('plan.unknownKey'));
});

test('a secret that stands in the plan itself is refused and not quoted', () => {
  const secret = '{"auths":{"quay.io":{"auth":"c2VjcmV0OnNlY3JldA=="}}}';
  for (const inline of [`'${secret}'`, secret, `|\n    ${secret}`]) {
    const { issues, plan } = parsePlan(referenceYaml.replace('pull-secret.json', inline));
    assert.equal(plan, undefined);
    assert.doesNotMatch(JSON.stringify(issues), /c2VjcmV0/);
  }
});
