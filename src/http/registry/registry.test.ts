import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digestOf } from '../../kernel/index.ts';
import { createContract } from '../testing/contract.ts';
import { createHarness } from '../testing/harness.ts';
import { stockedRegistry } from '../testing/stocked-registry.ts';

async function withRegistry() {
  const { view, digest } = await stockedRegistry();
  const harness = await createHarness({}, { registry: view });
  return { ...(await createContract(harness)), digest };
}

test('the registry tells its address and what each repository holds, once and shared', async () => {
  const { call } = await withRegistry();
  const { registry } = (await call('GET /api/registry', {}, 200)).body;
  assert.deepEqual(
    [registry.address, registry.secure, registry.total],
    ['bastion.example.org:5000', true, 2],
  );
  const [curl, git] = registry.repositories;
  assert.deepEqual([curl.name, curl.imageTags, curl.sharedBytes], ['tools/curl', 2, 31_400_000]);
  assert.ok(curl.sizeBytes > 35_600_000 && curl.sizeBytes < 35_700_000, String(curl.sizeBytes));
  assert.equal(git.sharedBytes, 31_400_000);
  const rest = await call('GET /api/registry', {}, 200, { query: '?after=tools/curl' });
  assert.deepEqual(
    rest.body.registry.repositories.map((each: { name: string }) => each.name),
    ['tools/git'],
  );
});

test('image tags tell the platforms behind them, an image its layers and who shares them', async () => {
  const { call, digest } = await withRegistry();
  const { imageTags } = (await call('GET /api/registry/tags', {}, 200, { query: '?repository=tools/git' }))
    .body;
  assert.deepEqual(
    imageTags[0].platforms.map((each: { platform: string }) => each.platform),
    ['linux/amd64', 'linux/arm64/v8'],
  );
  const image = '?repository=tools/curl&digest=';
  const { layers } = (await call('GET /api/registry/image', {}, 200, { query: image + digest })).body;
  assert.deepEqual([layers[1].createdBy, layers[1].uses], ['RUN apt-get install -y curl', 1]);
  await call('GET /api/registry/image', {}, 404, { query: image + digestOf('x') });
});

test('a server without a registry says so', async () => {
  const { call } = await createContract(await createHarness());
  assert.equal((await call('GET /api/registry', {}, 200)).body.registry, null);
  const off = await call('GET /api/registry/tags', {}, 404, { query: '?repository=a' });
  assert.equal(off.body.code, 'http.registryOff');
  assert.equal((await call('GET /api/session', {}, 200)).body.registry, false);
});
