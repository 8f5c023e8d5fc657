import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verificationConfigMap } from '../testing/release-source.ts';
import { findPayloadKeys } from './payload-keys.ts';

const none = { stores: [], keys: [] };
const find = (files: Record<string, string>) =>
  findPayloadKeys(new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])));

test('stores and keys are found by the annotation, whatever the file is called', () => {
  const text = verificationConfigMap('the key\nof two lines', 'https://a.example.org/b');
  const wanted = { stores: ['https://a.example.org/b'], keys: ['the key\nof two lines\n'] };
  assert.deepEqual(find({ '0000_90_cluster-update-keys_configmap.yaml': text }), wanted);
  assert.deepEqual(find({ 'x.yml': `---\nkind: Other\n---\n${text}`, 'readme.txt': text }), wanted);
});

test('what is not meant for verification, not YAML or a bomb counts as not there', () => {
  const text = verificationConfigMap('key');
  const bomb = `a: &a [x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n${text.replace('store-test:', 'store-bomb: *c\n  store-test:')}`;
  assert.deepEqual(find({ 'x.yaml': text.replace('kind: ConfigMap', 'kind: Secret') }), none);
  assert.deepEqual(find({ 'x.yaml': text.replace('annotations:', 'labels:') }), none);
  assert.deepEqual(find({ 'x.yaml': bomb }), none);
  assert.deepEqual(find({ 'x.yaml': `${text}\n${'['.repeat(100_000)}` }), none);
  assert.deepEqual(find({ 'x.yaml': text + '#'.repeat(256 * 1024) }), none);
  assert.deepEqual(
    find({ 'x.yaml': `kind: ConfigMap\nmetadata: 1 # release.openshift.io/verification-config-map` }),
    none,
  );
});
