import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startKubeStub } from '../../../../test/support/cluster-stub/kube-stub.ts';
import { createKube, parseKubeconfig } from '../kube/index.ts';
import { putObjects } from './put-objects.ts';

const stub = await startKubeStub();
const kube = createKube(parseKubeconfig(stub.kubeconfig(), 'kubeconfig'));
after(async () => {
  kube.close();
  await stub.stop();
});

test('putObjects() makes what is not there and replaces what is', async () => {
  const signature = (value: string) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: sha256-ab\n  namespace: openshift-config-managed\nbinaryData:\n  sha256-ab-1: ${value}\n`;
  assert.deepEqual(await putObjects(kube, [signature('b25l')]), ['ConfigMap/sha256-ab']);
  assert.deepEqual(await putObjects(kube, [signature('dHdv')]), ['ConfigMap/sha256-ab']);
  const held = stub.get('/api/v1/namespaces/openshift-config-managed/configmaps/sha256-ab');
  assert.deepEqual(held?.binaryData, { 'sha256-ab-1': 'dHdv' });
});
