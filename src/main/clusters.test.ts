import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { bastionAtMasters, playBastion, sceneZone, writeScene } from '../../test/support/cluster-scene.ts';
import { workFolder } from '../cluster/steps/index.ts';
import { clusterView, summaryView } from '../http/index.ts';
import { createClusterViews } from './clusters.ts';

const nowMs = Date.parse('2026-11-25T12:00:00Z');
const clock = { now: () => nowMs };
const root = mkdtempSync(join(tmpdir(), 'holdfast-clusters-'));
after(() => rmSync(root, { recursive: true, force: true }));

async function open(name: string, scene: Parameters<typeof writeScene>[1], answerMs = 30_000) {
  const data = join(root, name);
  const work = await writeScene(data, scene, { nowMs });
  const views = createClusterViews({ folder: join(data, 'clusters'), clock, answerMs });
  return { data, work, views, found: async () => (await views.find(sceneZone))! };
}

test('a cluster is its plan, its journal, its certificates, and what its bastion says over the socket', async (t) => {
  const { work, views, found } = await open('whole', 'masters');
  const end = await playBastion(work, () => bastionAtMasters(nowMs));
  t.after(end);
  const view = clusterView(await found(), 'en');
  assert.deepEqual([view.version, view.state, view.active], ['4.5.9', 'running', 'masters']);
  assert.equal(view.certificates?.expiresAt, '2026-11-26T05:40:00.000Z');
  assert.deepEqual(
    view.nodes.map(({ name, state }) => `${name} ${state}`),
    ['bootstrap serving', 'master1 joining', 'master2 installing', 'master3 awaited', 'worker1 awaited'],
  );
  const image = view.nodes[2]!.files.find(({ kind }) => kind === 'image')!;
  assert.deepEqual([image.state, image.sentBytes / image.sizeBytes!], ['fetching', 0.43]);
  // Bootstrap and worker1 are one machine, which is bootstrap now.
  assert.equal(view.nodes[0]!.lastQuestion?.name, `registry.${sceneZone}`);
  assert.deepEqual([view.nodes[4]!.lastQuestion, view.nodes[4]!.was], [null, 'bootstrap']);
  assert.deepEqual(
    view.bastion?.strangers.map(({ address, verdict, times }) => [address, verdict, times]),
    [['10.225.45.77', 'unknown-address', 3]],
  );
  assert.match(clusterView(await found(), 'zh-CN').steps[5]!.waitsFor[0]!.text, /\p{Script=Han}/u);
  const [summary] = (await views.list()).map((facts) => summaryView(facts, 'en'));
  assert.deepEqual([summary?.doneSteps, summary?.nodes, summary?.bastion], [5, 4, true]);
});

test('what strangers had a hand in is one line of bounded text, and no address but https becomes a link', async (t) => {
  const { work, found } = await open('hostile', 'finished');
  const long = `\u202e\u0000<script>alert(1)</script>\ud800${'x'.repeat(100_000)}`;
  const state = bastionAtMasters(nowMs);
  const end = await playBastion(work, () => ({
    ...state,
    queries: state.queries!.map((it) => ({ ...it, name: long, client: long })),
    files: { ...state.files!, strangers: state.files!.strangers.map((it) => ({ ...it, path: long })) },
  }));
  t.after(end);
  const facts = await found();
  const { install } = facts;
  for (const console of ['javascript:alert(1)', 'https://user@evil.example', 'http://a.example', 'x'])
    assert.equal(clusterView({ ...facts, install: { ...install!, console } }, 'en').console, null);
  const left = [{ at: Number.NaN, request: long, reason: 'notPlanned' as const, detail: long }];
  const view = clusterView({ ...facts, install: { ...install!, left } }, 'en');
  const texts = [
    view.bastion!.questions[0]!.name,
    view.bastion!.questions[0]!.client,
    view.bastion!.strangers[0]!.path,
    view.left[0]!.request,
    view.left[0]!.text,
  ];
  for (const text of texts) {
    assert.ok(text.length <= 1_001 && text.isWellFormed());
    assert.doesNotMatch(text, /[\p{Cc}\u202e]/u);
  }
  assert.ok(JSON.stringify(view).length < 100_000);
});

test('what is damaged is named and the rest is shown; a bastion that hangs, lies or is of another version is away', async (t) => {
  const { work, found } = await open('damaged', 'masters', 200);
  const folder = workFolder(work);
  assert.equal(statSync(folder.plan).mode & 0o777, 0o600);
  writeFileSync(folder.journal, '{"format":');
  writeFileSync(join(folder.generations, '01k9znf3w2', 'generation.json'), '{}');
  const socket = join(work, 'bastion.sock');
  const answers: (string | undefined)[] = [
    undefined,
    '{"cluster":"other.example.com"}',
    `{"cluster":"${sceneZone}"}`,
  ];
  const server = createServer((_, response) => {
    if (answers[0] !== undefined) response.end(answers[0]);
  }).listen(socket);
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  while (answers.length > 0) {
    const view = clusterView(await found(), 'en');
    assert.equal(view.bastion, null);
    assert.equal(view.plan?.network, '10.225.45.0/24');
    assert.deepEqual(
      view.faults.map(({ code }) => code),
      ['cluster.badJournal'],
    );
    assert.deepEqual(view.nodes, []);
    answers.shift();
  }
  writeFileSync(folder.plan, 'cluster: [');
  assert.deepEqual((await found()).faults.map(({ code }) => code).sort(), [
    'cluster.badJournal',
    'cluster.badKeptPlan',
  ]);
});

test('only folders named as zones are clusters, and the bastion of this process is one wherever it works', async () => {
  const data = join(root, 'names');
  for (const name of ['..x', 'UPPER', 'a b', 'b..c', 'good.example.com', '.hidden'])
    mkdirSync(join(data, 'clusters', name), { recursive: true });
  writeFileSync(join(data, 'clusters', 'file'), '');
  const elsewhere = await writeScene(join(root, 'elsewhere'), 'notStarted', { nowMs });
  const here = { zone: sceneZone, work: elsewhere, bastion: { state: async () => bastionAtMasters(nowMs) } };
  const views = createClusterViews({ folder: join(data, 'clusters'), here, clock });
  const [bare, ours] = (await views.list()).map((facts) => clusterView(facts, 'en'));
  assert.deepEqual([bare?.zone, bare?.plan, bare?.bastion], ['good.example.com', null, null]);
  assert.deepEqual([ours?.zone, ours?.state, ours?.bastion?.here], [sceneZone, 'notStarted', true]);
  for (const zone of ['../elsewhere', '..', '', 'good.example.com/', 'nobody.example.com'])
    assert.equal(await views.find(zone), undefined);
  assert.equal(await createClusterViews({ folder: join(root, 'nowhere'), clock }).any(), false);
});
