import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sceneZone } from '../../test/support/cluster-scene.ts';
import { createContract } from './testing/contract.ts';
import { createHarness, password } from './testing/harness.ts';
import { sceneClusters } from './testing/scene-clusters.ts';
import { stockedRegistry } from './testing/stocked-registry.ts';
import { storedRelease } from './testing/stored-release.ts';

test('every route of the document answers by its schema, and none is left out', async () => {
  const registry = await stockedRegistry();
  const harness = await createHarness({}, { registry: registry.view, clusters: sceneClusters() });
  const { call, answered, operations } = await createContract(harness);

  await call('GET /api/health', {}, 200);
  const added = await call('POST /api/links', {}, 201, {
    body: {
      links: [
        { url: 'https://example.org/a', tags: ['ocp/4.5'], note: 'n' },
        { url: 'docker://example.org/a:1', options: { plainHttp: true, platforms: ['linux/amd64'] } },
        { url: 'https://example.org/b' },
      ],
    },
  });
  await call('POST /api/links', {}, 200, { body: { links: [{ url: 'https://example.org/a' }] } });
  const [a, b]: { id: string }[] = added.body.links.map((each: { link: { id: string } }) => ({
    id: each.link.id,
  }));
  await call('GET /api/links', {}, 200, { query: '?q=example&sort=title&limit=1&trash=0' });
  await call('GET /api/links/{id}', a!, 200);
  await call('PATCH /api/links/{id}', a!, 200, {
    body: { title: 'Mine', note: '', addTags: ['x'], removeTags: ['ocp/4.5'] },
  });
  await call('GET /api/tags', {}, 200);
  await call('POST /api/links/bulk', {}, 200, {
    body: { ids: [a!.id, b!.id], action: 'tag', addTags: ['both'] },
  });
  const job = await call('POST /api/links/{id}/snapshots', a!, 202);
  await call('GET /api/jobs', {}, 200, { query: '?state=queued,running&limit=5' });
  await call('POST /api/jobs/{id}/cancel', { id: job.body.id }, 200);
  await call('POST /api/jobs/{id}/cancel', { id: job.body.id }, 409);
  await call('POST /api/jobs/{id}/retry', { id: job.body.id }, 200);
  await call('DELETE /api/links/{id}', b!, 409, { query: '?purge=1' });
  await call('DELETE /api/links/{id}', b!, 204);
  await call('POST /api/links/{id}/restore', b!, 200);

  const { linkId, snapshot: taken } = await harness.keep('https://example.org/a', [
    { role: 'html', mediaType: 'text/html', bytes: '<p>你好' },
    { role: 'screenshot', mediaType: 'image/png', bytes: 'png' },
    { role: 'thumbnail', mediaType: 'image/webp', bytes: 'webp' },
    { role: 'icon', mediaType: 'image/svg+xml', bytes: '<svg/>' },
    { role: 'text', mediaType: 'text/plain', bytes: 'text' },
  ]);
  const snapshot = { id: taken.id };
  const kept = await call('GET /api/links/{id}/snapshots', { id: linkId }, 200);
  assert.equal(kept.body.snapshots.length, 1);
  await call('GET /api/snapshots/{id}', snapshot, 200);
  await call('GET /api/snapshots/{id}/resources', snapshot, 200);
  await call('GET /api/snapshots/{id}/as/{format}', { ...snapshot, format: 'text' }, 200);
  await call('GET /api/snapshots/{id}/as/{format}', { ...snapshot, format: 'pdf' }, 404);
  await call('GET /api/snapshots/{id}/as/{format}', { ...snapshot, format: 'exe' }, 400);
  for (const part of ['screenshot', 'thumbnail', 'icon'])
    await call(`GET /api/snapshots/{id}/${part}`, snapshot, 200);
  const file = await harness.keep(
    'https://example.org/a.iso',
    [{ role: 'file', mediaType: 'application/x-iso9660-image', bytes: 'iso' }],
    { kind: 'file', formats: ['file'] },
  );
  await call('GET /api/snapshots/{id}/contents', { id: file.snapshot.id }, 200);
  const release = await storedRelease(harness);
  await call('GET /api/snapshots/{id}/installation', release, 200, {
    query: '?mirror=registry.example.org:5000/openshift/release',
  });
  await call('GET /api/snapshots/{id}/installation', release, 422, { query: '?mirror=UPPER' });
  await call('GET /api/registry', {}, 200);
  await call('GET /api/registry/tags', {}, 200, { query: '?repository=tools/curl' });
  await call('GET /api/registry/image', {}, 200, {
    query: `?repository=tools/curl&digest=${registry.digest}`,
  });
  await call('GET /api/clusters', {}, 200);
  await call('GET /api/clusters/{zone}', { zone: sceneZone }, 200);
  await call('GET /api/clusters/{zone}', { zone: '../../etc' }, 404);
  const events = await call('GET /api/events', {}, 200);
  await events.response.body!.cancel();
  await call('GET /metrics', {}, 200);

  await call('GET /api/session', {}, 200);
  await call('GET /api/tokens', {}, 200);
  await call('POST /api/tokens', {}, 409, { body: { name: 'x' } });
  const code = await setupCode(harness);
  await call('POST /api/setup', {}, 403, { body: { code: 'wrong', name: 'ann', password } });
  await call('POST /api/setup', {}, 200, { body: { code, name: 'ann', password } });
  await call('POST /api/setup', {}, 409, { body: { code, name: 'eve', password } });
  await call('POST /api/session', {}, 401, { body: { name: 'ann', password: 'wrong' } });
  const login = await call('POST /api/session', {}, 200, { body: { name: 'ann', password } });
  const headers = {
    cookie: login.response.headers.getSetCookie()[0]!.split(';')[0]!,
    'x-holdfast-csrf': String(login.body.csrf),
  };
  const token = await call('POST /api/tokens', {}, 201, { headers, body: { name: 'script' } });
  const listed = await call('GET /api/tokens', {}, 200, { headers });
  assert.equal(listed.text.includes(String(token.body.token)), false);
  await call('DELETE /api/tokens/{id}', { id: token.body.id }, 204, { headers });
  await call('DELETE /api/tokens/{id}', { id: token.body.id }, 404, { headers });
  await call('DELETE /api/session', {}, 204, { headers });

  assert.deepEqual(
    operations.map((each) => each.key).filter((key) => !answered.has(key)),
    [],
  );
});

test('input that does not fit is refused with the place of each fault', async () => {
  const harness = await createHarness();
  const { call } = await createContract(harness);
  const bad = await call('POST /api/links', {}, 400, {
    body: { links: [{ url: 'https://a.org' }, { url: 7 }, {}] },
  });
  assert.equal(bad.body.code, 'http.input');
  assert.deepEqual(
    bad.body.errors.map((each: { path: string; detail: string }) => [each.path, each.detail]),
    [
      ['links.1.url', 'Expected string'],
      ['links.2.url', 'This field is required'],
    ],
  );
  const refused = await call('POST /api/links', {}, 422, {
    body: {
      links: [
        { url: 'https://ok.org/' },
        { url: 'file:///etc/passwd' },
        { url: 'https://u:p@a.org', tags: ['a,b'] },
      ],
    },
    headers: { 'accept-language': 'zh' },
  });
  assert.deepEqual(
    refused.body.errors.map((each: { path: string; code: string }) => [each.path, each.code]),
    [
      ['links.1.url', 'links.refusedScheme'],
      ['links.2.url', 'links.credentials'],
      ['links.2.tags', 'links.badTag'],
    ],
  );
  assert.match(refused.text, /拒绝链接/);
  assert.equal((await harness.links.query({})).total, 0);
  for (const query of ['?limit=0', '?limit=201', '?limit=x', '?sort=size', '?trash=yes'])
    await call('GET /api/links', {}, 400, { query });
  await call('GET /api/links', {}, 422, { query: '?cursor=wild' });
  await call('GET /api/jobs', {}, 400, { query: '?state=asleep' });
  await call('POST /api/links', {}, 400, { body: '{"links":' });
  for (const key of ['GET /api/links/{id}', 'DELETE /api/links/{id}', 'POST /api/links/{id}/restore'])
    await call(key, { id: '../../etc' }, 404);
  for (const key of [
    'GET /api/snapshots/{id}',
    'GET /api/snapshots/{id}/resources',
    'GET /api/snapshots/{id}/icon',
  ])
    await call(key, { id: 'x\u0000' }, 404);
});

async function setupCode(harness: { auth: { prepareSetup(): Promise<string | undefined> } }) {
  const { readFileSync } = await import('node:fs');
  return readFileSync((await harness.auth.prepareSetup())!, 'utf8').trim();
}
