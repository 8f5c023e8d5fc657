import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { startWorld, type World } from '../../../../test/support/cluster-stub/world.ts';
import { worldPlan, worldPorts } from '../../../../test/support/cluster-stub/world-ports.ts';
import { writeFakeInstaller } from '../../../../test/support/installer/fake-installer.ts';
import { hasCode, systemClock } from '../../../kernel/index.ts';
import { createIgnition } from '../ignition/index.ts';
import { openWorkFolder, workFolder } from '../work-folder.ts';
import { findJournal } from './journal.ts';
import { runInstall } from './run-install.ts';
import { type InstallEvent, stepIds } from './types.ts';
import { viewOf } from './view.ts';

const root = mkdtempSync(join(tmpdir(), 'holdfast-install-'));
const worlds: World[] = [];
after(async () => {
  for (const world of worlds) await world.stop();
  rmSync(root, { recursive: true, force: true });
});

async function begin(name: string) {
  const work = await openWorkFolder(join(root, name));
  const world = await startWorld(worldPlan, work.path);
  worlds.push(world);
  const installer = await writeFakeInstaller(work.path, {
    kubeconfig: world.kube.kubeconfig('api.openshift4.example.com'),
  });
  const events: InstallEvent[] = [];
  const ports = worldPorts(world.url, work, installer);
  const options = {
    plan: worldPlan,
    work,
    ports,
    clock: systemClock,
    pollMs: 1,
    onEvent: (event: InstallEvent) => void events.push(event),
  };
  return { work, world, events, options };
}

test('an installation runs from the mirror to the console, and approves what the plan has and nothing else', async () => {
  const { work, world, events, options } = await begin('whole');
  const view = await runInstall(options);
  assert.equal(view.state, 'finished');
  assert.equal(view.console, 'https://console-openshift-console.apps.openshift4.example.com');
  assert.deepEqual(
    events.flatMap((it) => (it.kind === 'done' ? [it.step] : [])),
    [...stepIds],
  );
  assert.deepEqual(world.approved, ['csr-early', 'csr-serving']);
  assert.deepEqual(view.left.map(({ request, reason }) => `${request} ${reason}`).sort(), [
    'csr-evil notPlanned',
    'csr-takeover alreadyJoined',
    'csr-wrong wrongSubject',
  ]);
  assert.deepEqual(
    view.nodes.map(({ name, state }) => `${name} ${state}`),
    ['bootstrap left', 'master1 ready', 'master2 ready', 'master3 ready', 'worker1 ready'],
  );
  assert.equal(view.certificates?.freshness, 'fresh');
  assert.deepEqual(view.operators, { available: 3, total: 3 });
  const waited = events.flatMap((it) =>
    it.kind === 'waiting' ? it.waitsFor.map(({ code }) => `${it.step} ${code}`) : [],
  );
  for (const expected of [
    'preflight preflightFault',
    'bootstrap fetchAwaited',
    'bootstrap strangeFetch',
    'bootstrap apiAwaited',
    'masters mastersAwaited',
    'complete bootstrapAwaited',
    'drain sessionsAwaited',
    'workers workersAwaited',
    'approvals nodesAwaited',
    'approvals nodeNotReady',
    'operators operatorsAwaited',
    'operators operatorAwaited',
  ])
    assert.ok(waited.includes(expected), expected);
  const journal = await findJournal(work.journal);
  assert.deepEqual(viewOf(worldPlan, journal, await createIgnition(work, systemClock).current(), 0), {
    ...view,
    certificates: view.certificates,
  });
  assert.equal(statSync(work.journal).mode & 0o077, 0);
  assert.equal(existsSync(work.lock), false);

  // Once more: everything is looked at, and nothing is made or approved again.
  const { generation } = view.certificates!;
  const again = await runInstall(options);
  assert.equal(again.certificates?.generation, generation);
  assert.equal(again.finishedAt, view.finishedAt);
  assert.equal(world.approved.length, 2);
});

test('hostile answers of an API are waited out, and what a late step lacks is gathered', async () => {
  const { work, world, events, options } = await begin('hostile');
  let rounds = 0;
  let nowMs = Date.now();
  world.kube.before = (request, response) => {
    if (world.scene < 5) return false;
    if (rounds++ > 12) {
      world.kube.before = undefined;
      return false;
    }
    const bodies = ['{"items":[', '[]', '{"items":"x"}', '<html>', '{"items":[{"metadata":5}]}'];
    const status = request.url === '/version' || rounds % 3 ? 200 : 500;
    response.writeHead(status).end(bodies[rounds % bodies.length]);
    return true;
  };
  const clock = {
    now: () => {
      // Every look takes minutes.
      if (world.scene >= 14) nowMs += 5 * 60_000;
      return nowMs;
    },
  };
  const view = await runInstall({ ...options, clock });
  assert.equal(view.state, 'finished');
  assert.ok(events.some((it) => it.kind === 'waiting' && it.waitsFor.some(({ code }) => code === 'apiAway')));
  assert.ok(view.steps.find(({ id }) => id === 'operators')?.late);
  const gathered = view.warnings.find(({ code }) => code === 'gathered');
  const folder = String(gathered?.details.folder);
  assert.ok(folder.startsWith(work.gathered));
  assert.match(readFileSync(join(folder, 'clusteroperators.json'), 'utf8'), /ingress/);
  assert.match(readFileSync(join(folder, 'next.txt'), 'utf8'), /bootkube/);
});

test('a second process is refused while one works, and a lock whose process is gone is taken over', async () => {
  const work = workFolder(join(root, 'whole'));
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const began = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  const options = { plan: worldPlan, work, ports: worldPorts('', work, ''), clock: systemClock };
  writeFileSync(work.lock, JSON.stringify({ pid: process.pid, began }));
  await assert.rejects(runInstall(options), (error) => hasCode(error, 'cluster.busy'));
  writeFileSync(work.lock, JSON.stringify({ pid: process.pid, began: '1' }));
  writeFileSync(work.journal, '{"format":2}');
  await assert.rejects(runInstall(options), (error) => hasCode(error, 'cluster.badJournal'));
  assert.equal(existsSync(work.lock), false);
});
