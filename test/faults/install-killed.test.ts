import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import {
  type InstallEvent,
  type InstallView,
  openWorkFolder,
  stepIds,
} from '../../src/cluster/steps/index.ts';
import { startChild } from '../support/child.ts';
import { startWorld } from '../support/cluster-stub/world.ts';
import { worldPlan } from '../support/cluster-stub/world-ports.ts';
import { writeFakeInstaller } from '../support/installer/fake-installer.ts';

const root = mkdtempSync(join(tmpdir(), 'holdfast-install-killed-'));
after(() => rmSync(root, { recursive: true, force: true }));
const child = new URL('../support/cluster-stub/install-child.ts', import.meta.url);
type Line = InstallEvent | { readonly kind: 'view'; readonly view: InstallView };

test('an installation that is killed in every state comes to the same end', async () => {
  const work = await openWorkFolder(join(root, 'work'));
  const world = await startWorld(worldPlan, work.path);
  after(() => world.stop());
  const kubeconfig = world.kube.kubeconfig('api.openshift4.example.com');
  const installer = await writeFakeInstaller(work.path, { kubeconfig });
  const start = () => startChild(child, [work.path, world.url, installer]);
  const generations = new Set<string>();
  for (const step of stepIds) {
    const running = start();
    for (;;) {
      const line = JSON.parse(await running.line()) as Line;
      if (line.kind === 'done' && line.step === 'ignition')
        generations.add(String(line.evidence?.[0]?.details.generation));
      if (line.kind === 'begun' && line.step === step) break;
    }
    await running.kill();
  }
  const last = start();
  let view: InstallView | undefined;
  while (!view) {
    const line = JSON.parse(await last.line()) as Line;
    if (line.kind === 'view') view = line.view;
  }
  assert.equal(await last.ended, 0);
  assert.equal(view.state, 'finished');
  assert.deepEqual(
    view.steps.map(({ state }) => state),
    stepIds.map(() => 'done'),
  );
  // Machines that were begun with one generation never see another.
  assert.deepEqual([...generations], [view.certificates?.generation]);
  assert.deepEqual(world.approved, ['csr-early', 'csr-serving']);
  assert.equal(view.nodes.filter(({ state }) => state === 'ready').length, 4);
  assert.match(String(view.console), /console-openshift-console/);
});
