import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parsePlan } from '../format/parse-plan.ts';
import { mergedPullSecret } from '../render/inputs.ts';
import { secretOf } from '../secrets.ts';
import { certificateOf } from '../testing/certificates.ts';
import { referencePlan } from '../testing/reference-plan.ts';
import { referenceYaml } from '../testing/reference-yaml.ts';
import { checkPlan } from './check-plan.ts';

const nowMs = Date.UTC(2026, 0, 1);
const host = 'registry.openshift4.example.com';
const auth = Buffer.from('admin:not-a-password').toString('base64');
const example = (file: string) =>
  readFileSync(new URL(`../../../../examples/${file}`, import.meta.url), 'utf8');
const rsa = example('ocp-4.5.9/id_rsa.pub');
const ed25519 = example('ocp-4.20/id_ed25519.pub');

function codesOf(
  files: { pullSecret?: string; sshKey?: string; trustBundle?: string },
  text = referenceYaml,
) {
  const entries = Object.entries(files).map(([field, value]) => [field, secretOf(value)]);
  const issues = checkPlan(parsePlan(text), { nowMs, secrets: Object.fromEntries(entries) });
  for (const value of Object.values(files))
    for (const line of value.split('\n').filter((it) => it.length > 20))
      assert.ok(!JSON.stringify(issues).includes(line), 'an issue quotes a file');
  return issues.map(({ code, severity }) => `${severity === 'error' ? '' : 'warning '}${code.slice(5)}`);
}

test('a pull secret on several lines that names the mirror is fine, and is merged into one', () => {
  const text = JSON.stringify({ auths: { [host]: { auth, email: 'a@b.c' } } }, null, 2);
  assert.deepEqual(codesOf({ pullSecret: text }), []);
  assert.doesNotMatch(mergedPullSecret(referencePlan, { pullSecret: text, sshKey: '' }), /\n/);
  assert.throws(
    () => mergedPullSecret(referencePlan, { pullSecret: 'c2VjcmV0', sshKey: '' }),
    (error: Error) => !error.message.includes('c2V'),
  );
});

test('a pull secret of the wrong shape is refused, whatever it is', () => {
  const cases: [text: string, codes: string[]][] = [
    ['', ['pullSecretNotJson']],
    [`{"auths": {"${host}": {"auth": "${auth}"`, ['pullSecretNotJson']],
    ['[]', ['pullSecretShape']],
    ['null', ['pullSecretShape']],
    ['{"auths": []}', ['pullSecretShape']],
    [`{"${host}": {"auth": "${auth}"}}`, ['pullSecretShape']],
    [`{"auths": {"quay.io": {"auth": "${auth}"}}}`, ['pullSecretNoMirror']],
    [`{"auths": {"${host}:5000": {"auth": "${auth}"}}}`, ['pullSecretNoMirror']],
    [`{"auths": {"${host}": {}}}`, ['pullSecretBadLogin']],
    [`{"auths": {"${host}": {"auth": "admin:not-a-password-at-all"}}}`, ['pullSecretBadLogin']],
    [`{"auths": {"${host}": "${auth}"}}`, ['pullSecretBadLogin']],
    [`{"auths": {"__proto__": {"auth": "${auth}"}}}`, ['pullSecretNoMirror']],
  ];
  for (const [pullSecret, codes] of cases) assert.deepEqual(codesOf({ pullSecret }), codes, pullSecret);
  const onPort = referenceYaml.replace('  repository', '  port: 5000\n  repository');
  assert.deepEqual(codesOf({ pullSecret: `{"auths": {"${host}:5000": {"auth": "${auth}"}}}` }, onPort), []);
});

test('an SSH key is one public key, and of a kind that FIPS knows', () => {
  const fips = referenceYaml.replace('version: 4.5.9', 'version: 4.5.9\n  fips: true');
  assert.deepEqual(codesOf({ sshKey: rsa }), []);
  assert.deepEqual(codesOf({ sshKey: `# mine\n${ed25519}\n` }), []);
  assert.deepEqual(codesOf({ sshKey: rsa }, fips), []);
  assert.deepEqual(codesOf({ sshKey: ed25519 }, fips), ['sshKeyFips']);
  assert.deepEqual(codesOf({ sshKey: rsa + ed25519 }), ['sshKeySeveral']);
  assert.deepEqual(codesOf({ sshKey: '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n' }), ['sshKeyPrivate']);
  const [type = '', blob = ''] = rsa.split(' ');
  for (const bad of [
    '',
    'ssh-rsa',
    `${type} ${blob.slice(0, 100)}`,
    `ssh-ed25519 ${blob}`,
    `${blob}`,
    `${type} ${blob.slice(0, -8)}`,
  ])
    assert.deepEqual(codesOf({ sshKey: bad }), ['sshKeyMalformed'], bad.slice(0, 30));
});

test('certificates that nodes would not trust are refused', async () => {
  const codes = async (...options: Parameters<typeof certificateOf>) =>
    codesOf({ trustBundle: await certificateOf(...options) });
  assert.deepEqual(await codes({ name: host, hosts: [host] }), []);
  assert.deepEqual(await codes({ name: 'x', hosts: ['*.openshift4.example.com'] }), []);
  assert.deepEqual(await codes({ name: 'Example Root' }), []);
  assert.deepEqual(await codes({ name: 'ca.example.com' }), []);
  assert.deepEqual(await codes({ name: '*.openshift4.example.com' }), ['certificateNoSan']);
  assert.deepEqual(await codes({ name: host }), ['certificateNoSan']);
  assert.deepEqual(await codes({ name: host, hosts: ['other.example.com'] }), ['certificateOtherHost']);
  assert.deepEqual(await codes({ name: host, hosts: [host], isAuthority: false }), [
    'certificateNotAuthority',
  ]);
  assert.deepEqual(await codes({ name: 'Old', notAfter: new Date('2025-06-01') }), ['certificateExpired']);
  assert.deepEqual(await codes({ name: 'New', notBefore: new Date('2027-01-01') }), ['certificateEarly']);
  assert.deepEqual(await codes({ name: 'Soon', notAfter: new Date('2026-01-20') }), [
    'warning certificateEnding',
  ]);
});

test('a trust bundle without certificates, with damaged ones or with a key is refused', async () => {
  const good = await certificateOf({ name: 'Example Root' });
  assert.deepEqual(codesOf({ trustBundle: '' }), ['bundleEmpty']);
  assert.deepEqual(codesOf({ trustBundle: good + good.replace(/M/g, 'N') }), ['certificateMalformed']);
  assert.deepEqual(
    codesOf({
      trustBundle: `${good}-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA\n-----END PRIVATE KEY-----\n`,
    }),
    ['bundlePrivate'],
  );
});

test('a bundle of very many or endless certificates is looked at in bounded time', async () => {
  const good = await certificateOf({ name: 'Example Root' });
  assert.deepEqual(codesOf({ trustBundle: good.repeat(1_500).slice(0, 1024 * 1024) }), []);
  assert.deepEqual(codesOf({ trustBundle: '-----BEGIN CERTIFICATE-----'.repeat(38_000) }), ['bundleEmpty']);
});
