import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { hasCode } from '../../kernel/index.ts';
import { installerConfig } from './installer-config.ts';

const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name));
const digest = 'sha256:56bcb5a54aa39d252a1d61ee0846c4b327674b23bb27e5857b16d9ffa697222e' as const;
const sources = [
  'quay.io/openshift-release-dev/ocp-release',
  'quay.io/openshift-release-dev/ocp-v4.0-art-dev',
];
const place = { registry: 'registry.openshift4.example.com:5000', repository: 'ocp4/openshift4' };
const release = (version: string, imageTags = [`${version}-x86_64`]) => ({
  version,
  digest,
  imageTags,
  sources,
  signatures: [] as Uint8Array[],
});
const mirrors = sources.map((source) => ({
  mirrors: ['registry.openshift4.example.com:5000/ocp4/openshift4'],
  source,
}));

test('for 4.5.9 the texts are those of oc 4.5, to the letter', () => {
  const config = installerConfig(release('4.5.9', ['4.5.9-x86_64', '4.5.9']), place);
  assert.equal(
    config.summary,
    `Update image:  registry.openshift4.example.com:5000/ocp4/openshift4:4.5.9-x86_64
Mirror prefix: registry.openshift4.example.com:5000/ocp4/openshift4
`,
  );
  assert.equal(
    config.installConfig,
    `imageContentSources:
- mirrors:
  - registry.openshift4.example.com:5000/ocp4/openshift4
  source: quay.io/openshift-release-dev/ocp-release
- mirrors:
  - registry.openshift4.example.com:5000/ocp4/openshift4
  source: quay.io/openshift-release-dev/ocp-v4.0-art-dev
`,
  );
  assert.equal(
    config.mirrorSet,
    `apiVersion: operator.openshift.io/v1alpha1
kind: ImageContentSourcePolicy
metadata:
  name: example
spec:
  repositoryDigestMirrors:
  - mirrors:
    - registry.openshift4.example.com:5000/ocp4/openshift4
    source: quay.io/openshift-release-dev/ocp-release
  - mirrors:
    - registry.openshift4.example.com:5000/ocp4/openshift4
    source: quay.io/openshift-release-dev/ocp-v4.0-art-dev
`,
  );
  assert.equal(config.pullspec, `registry.openshift4.example.com:5000/ocp4/openshift4@${digest}`);
});

test('each version gets the objects that it knows, and they read back to what they say', () => {
  const cases = [
    ['4.12.40', 'imageContentSources', 'operator.openshift.io/v1alpha1', 'repositoryDigestMirrors'],
    ['4.13.0', 'imageContentSources', 'config.openshift.io/v1', 'imageDigestMirrors'],
    ['4.14.9', 'imageDigestSources', 'config.openshift.io/v1', 'imageDigestMirrors'],
    ['4.20.0-rc.1', 'imageDigestSources', 'config.openshift.io/v1', 'imageDigestMirrors'],
  ] as const;
  for (const [version, section, apiVersion, list] of cases) {
    const config = installerConfig(release(version), place);
    assert.deepEqual(parse(config.installConfig), { [section]: mirrors });
    const object = parse(config.mirrorSet);
    assert.equal(object.apiVersion, apiVersion);
    assert.deepEqual(object.spec, { [list]: mirrors });
  }
});

test('the signature ConfigMap is the file that oc 4.5 wrote, but for its empty time', () => {
  const signatures = [fixture('signature-1')];
  const { signatureConfigMap } = installerConfig({ ...release('4.5.9'), signatures }, place);
  const ofOc = fixture('signature-configmap.yaml').toString();
  assert.equal(signatureConfigMap, ofOc.replace('  creationTimestamp: null\n', ''));
});

test('a release without a signature has no ConfigMap, and one with several has each under its number', () => {
  assert.equal(installerConfig(release('4.5.9'), place).signatureConfigMap, undefined);
  const signatures = [Buffer.from('a'), Buffer.from('b')];
  const { signatureConfigMap } = installerConfig({ ...release('4.5.9'), signatures }, place);
  const name = digest.replace(':', '-');
  assert.deepEqual(parse(signatureConfigMap!).binaryData, { [`${name}-1`]: 'YQ==', [`${name}-2`]: 'Yg==' });
});

test('a registry or repository that is malformed is refused, so that nothing can be smuggled into the YAML', () => {
  for (const bad of [
    { registry: 'a b', repository: 'x' },
    { registry: 'registry.example.com', repository: 'x\n- evil' },
    { registry: 'registry.example.com', repository: '../x' },
  ])
    assert.throws(
      () => installerConfig(release('4.5.9'), bad),
      (error) => hasCode(error, 'images.badReference'),
    );
});
