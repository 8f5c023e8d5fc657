import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { shortEntries, shortUrls } from './short-paths.ts';
import { openFiles } from './testing/open-files.ts';

const address = '127.0.0.1';
const master = { address, node: 'master1', role: 'master', paths: ['/image', '/master.ign'] };
const worker = { address: '10.0.0.9', node: 'worker1', role: 'worker', paths: ['/image', '/worker.ign'] };
const other = { address: '10.0.0.8', node: 'master2', role: 'master', paths: ['/boot/master2.ipxe'] };

const entries = [
  { path: '/image', from: { bytes: 'raw' } },
  { path: '/master.ign', from: { bytes: '{"m":1}' }, access: 'planned' as const },
  { path: '/worker.ign', from: { bytes: '{"w":1}' }, access: 'planned' as const },
  { path: '/boot/master2.ipxe', from: { bytes: '#!ipxe' } },
];

describe('who fetched what', () => {
  test('is told with the verdict before the first byte goes out', async (t) => {
    const { get, events, ended } = await openFiles(t, () => ({
      entries,
      expected: [master, worker, other],
    }));
    for (const path of ['/image', '/worker.ign', '/boot/master2.ipxe', '/nothing'])
      await (await get(path)).text();
    await ended(4);
    const began = events.filter(({ kind }) => kind === 'began').map(({ fetch }) => fetch);
    assert.deepEqual(
      began.map(({ servedPath, verdict, node, status }) => [servedPath, verdict, node, status]),
      [
        ['/image', 'as-planned', 'master1', 200],
        ['/worker.ign', 'wrong-role', 'master1', 403],
        ['/boot/master2.ipxe', 'wrong-node', 'master1', 200],
        ['/nothing', 'unplanned-path', 'master1', 404],
      ],
    );
  });

  test('stands in a table of what each node has and of what was not meant so', async (t) => {
    const { get, service, ended } = await openFiles(t, () => ({ entries, expected: [master, worker] }));
    await (await get('/image', { 'user-agent': 'curl\u00ad' })).text();
    await (await get('/worker.ign')).text();
    await (await get('/worker.ign')).text();
    await ended(3);
    const { nodes, strangers } = service.state();
    assert.deepEqual(
      nodes.map(({ node, path, state, sentBytes }) => [node, path, state, sentBytes]),
      [
        ['master1', '/image', 'done', 3],
        ['master1', '/master.ign', 'waiting', 0],
        ['worker1', '/image', 'waiting', 0],
        ['worker1', '/worker.ign', 'waiting', 0],
      ],
    );
    assert.deepEqual(
      strangers.map(({ path, verdict, node, role, times }) => [path, verdict, node, role, times]),
      [['/worker.ign', 'wrong-role', 'master1', 'master', 2]],
    );
    assert.match(
      await service.metrics.text(),
      /fetches_total\{status="403",verdict="wrong-role",complete="false"\} 2/,
    );
  });

  test('names the address where no machine of the plan has it, and gives it nothing that is for planned ones', async (t) => {
    const { get } = await openFiles(t, () => ({ entries, expected: [worker] }));
    const refused = await get('/worker.ign');
    assert.equal(refused.status, 403);
    assert.match(
      await refused.text(),
      /^"\/worker.ign" is not given to 127\.0\.0\.1: no machine .+\nCheck .+ip=/,
    );
    assert.equal((await get('/image')).status, 200);
  });

  test('shows how far a file has come, a resumed download included', async (t) => {
    const { get, service, ended } = await openFiles(t, () => ({ entries, expected: [master] }));
    await (await get('/image', { range: 'bytes=0-1' })).text();
    await ended(1);
    assert.equal(service.state().nodes[0]?.state, 'broken');
    assert.equal(service.state().nodes[0]?.sentBytes, 2);
    await (await get('/image', { range: 'bytes=2-' })).text();
    await ended(2);
    assert.equal(service.state().nodes[0]?.state, 'done');
  });

  test('short paths give each machine its own by the address that asks', async (t) => {
    const nodes = [
      { node: 'bootstrap', role: 'bootstrap', address: '10.0.0.1', ignition: '/bootstrap.ign' },
      { node: 'master1', role: 'master', address, ignition: '/master.ign', script: '/boot/master2.ipxe' },
      { node: 'worker1', role: 'worker', address: '10.0.0.9', ignition: '/worker.ign' },
    ];
    const { get, service, ended } = await openFiles(t, () => ({
      entries: [...entries, ...shortEntries('/image', nodes)],
      expected: [master, worker],
    }));
    const texts = await Promise.all(['/r', '/i', '/m1', '/x'].map(async (path) => (await get(path)).text()));
    assert.deepEqual(texts, ['raw', '{"m":1}', '{"m":1}', '#!ipxe']);
    assert.equal((await get('/w1')).status, 403);
    await ended(5);
    assert.deepEqual(
      service.state().nodes.map(({ state }) => state),
      ['done', 'done', 'waiting', 'waiting'],
    );
    const legacy = shortUrls('10.225.45.250:8080', nodes, true);
    assert.deepEqual([legacy.image, legacy.ignition], ['10.225.45.250:8080/r', '10.225.45.250:8080/i']);
    assert.equal(
      shortUrls('10.0.0.2:8080', nodes, false).ignitionOf.get('worker1'),
      'http://10.0.0.2:8080/w1',
    );
  });
});
