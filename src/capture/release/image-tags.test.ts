import assert from 'node:assert/strict';
import { test } from 'node:test';
import { releaseImageTags } from '../../kernel/index.ts';
import { componentImageTag, openshiftArchitecture } from './image-tags.ts';

test('image tags are those of oc: without the architecture up to 4.6, with it from 4.7', () => {
  const named = (version: string, architecture = 'x86_64') => {
    const release = { version, architecture };
    return [...releaseImageTags(release), componentImageTag(release, 'etcd')];
  };
  assert.deepEqual(named('4.5.9'), ['4.5.9-x86_64', '4.5.9', '4.5.9-etcd']);
  assert.deepEqual(named('4.6.62'), ['4.6.62-x86_64', '4.6.62', '4.6.62-etcd']);
  assert.deepEqual(named('4.7.0'), ['4.7.0-x86_64', '4.7.0-x86_64-etcd']);
  assert.deepEqual(named('4.14.9', 'multi'), ['4.14.9-multi', '4.14.9-multi-etcd']);
  assert.deepEqual(named('4.10.0-rc.1', 'aarch64'), ['4.10.0-rc.1-aarch64', '4.10.0-rc.1-aarch64-etcd']);
  assert.deepEqual(named('5.0.0'), ['5.0.0-x86_64', '5.0.0-x86_64-etcd']);
});

test('architectures are named as OpenShift names them', () => {
  assert.deepEqual(['amd64', 'arm64', 's390x', 'ppc64le'].map(openshiftArchitecture), [
    'x86_64',
    'aarch64',
    's390x',
    'ppc64le',
  ]);
});
