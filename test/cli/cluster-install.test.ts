import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { newHoldfast } from '../support/holdfast.ts';
import { writeFakeInstaller } from '../support/installer/fake-installer.ts';

const plan = join(import.meta.dirname, '../../examples/ocp-4.5.9/plan.yaml');

interface Made {
  readonly id: string;
  readonly made: boolean;
  readonly files: readonly { readonly name: string }[];
}

describe('holdfast cluster ignition and install', () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-cluster-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  test('ignition files are made once, and again when they are asked for anew', async () => {
    const { run } = newHoldfast();
    const installer = await writeFakeInstaller(folder);
    const args = ['cluster', 'ignition', plan, '--installer', installer];
    const first = await run([...args, '--json']);
    const made = first.json<Made>();
    assert.equal(made.made, true);
    assert.deepEqual(
      made.files.map(({ name }) => name),
      ['bootstrap.ign', 'master.ign', 'worker.ign'],
    );
    const same = await run(args);
    assert.match(same.stderr, /it stays/);
    assert.match(same.stdout, new RegExp(made.id));
    const other = (await run([...args, '--new', '--json'])).json<Made>();
    assert.notEqual(other.id, made.id);
    const list = await run(['cluster', 'ignition', plan, '--list', '--json']);
    assert.deepEqual(
      list.json<readonly { id: string; current: boolean }[]>().map(({ id, current }) => [id, current]),
      [
        [made.id, false],
        [other.id, true],
      ],
    );
    const status = await run(['cluster', 'status', plan, '--lang', 'zh-CN']);
    assert.match(status.stdout, /openshift4\.example\.com {2}OpenShift 4\.5\.9/);
    assert.match(status.stdout, /安装尚未开始/);
    assert.match(status.stdout, /master1 +10\.225\.45\.251 +尚未出现/);
  });

  test('install says what it waits for and what to do, and goes on when it is called again', async () => {
    const { run, start } = newHoldfast();
    const args = ['cluster', 'install', plan, '--skip-preflight'];
    const running = start(args);
    await running.says(/cluster up/);
    running.child.kill('SIGINT');
    const ended = await running.ended;
    assert.equal(ended.code, 130);
    assert.match(ended.stderr, /call it again/);
    const again = start(args);
    await again.says(/cluster up/);
    again.child.kill('SIGINT');
    assert.equal((await again.ended).code, 130);
    const view = (await run(['cluster', 'status', plan, '--json'])).json<{ active: string }>();
    assert.equal(view.active, 'serve');
    const none = await run(['cluster', 'add-worker', plan, 'worker1']);
    assert.match(none.stdout, /ip=10\.225\.45\.223::/);
    assert.match(none.stderr, /has come as far as a kubeconfig/);
    const nobody = await run(['cluster', 'add-worker', plan, 'nobody']);
    assert.match(nobody.stderr, /has no node "nobody"/);
    const unkept = await run(['cluster', 'upgrade', plan, '4.5.10']);
    assert.match(unkept.stderr, /Release 4\.5\.10 is not kept here/);
  });
});
