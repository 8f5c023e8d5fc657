import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import {
  type FakeInstallerOptions,
  writeFakeInstaller,
} from '../../../../test/support/installer/fake-installer.ts';
import { hasCode } from '../../../kernel/index.ts';
import { openWorkFolder } from '../work-folder.ts';
import { createIgnition } from './create-ignition.ts';
import { parseIgnition } from './parse-ignition.ts';
import type { IgnitionInputs } from './types.ts';

const root = mkdtempSync(join(tmpdir(), 'holdfast-ignition-'));
after(() => rmSync(root, { recursive: true, force: true }));

const login = Buffer.from('admin:a-secret-password').toString('base64');
const installConfig = `apiVersion: v1
baseDomain: example.com
pullSecret: '{"auths":{"registry.openshift4.example.com":{"auth":"${login}"}}}'
`;
let places = 0;

async function place(options: FakeInstallerOptions = {}) {
  const path = join(root, `work-${places++}`);
  const work = await openWorkFolder(path);
  const installer = await writeFakeInstaller(path, options);
  let nowMs = Date.now();
  const clock = { now: () => nowMs };
  const inputs: IgnitionInputs = {
    installer,
    installConfig,
    manifests: new Map([
      ['manifests/cluster-scheduler-02-config.yml', 'kind: Scheduler\nspec:\n  mastersSchedulable: false\n'],
      ['openshift/99_openshift-machineconfig_99-worker-chrony.yaml', 'kind: MachineConfig\n'],
    ]),
    singleNode: false,
  };
  return {
    path,
    inputs,
    ignition: createIgnition(work, clock),
    later: (hours: number) => {
      nowMs += hours * 3_600_000;
    },
  };
}

test('make() runs the installer in a folder of its own, applies the plan, and reads the expiry from the certificates', async () => {
  const { ignition, inputs, path } = await place({ tells: true });
  const extra = join(path, 'extra');
  mkdirSync(extra);
  writeFileSync(join(extra, '99-proxy.yaml'), 'apiVersion: v1\nkind: ConfigMap\n');
  const lines: string[] = [];
  const stages: string[] = [];
  const made = await ignition.make(
    { ...inputs, extraManifests: extra, releaseImage: 'registry.example.com/ocp4/openshift4@sha256:abc' },
    { onLine: (line) => lines.push(line), onProgress: ({ stage }) => stages.push(stage) },
  );
  assert.equal(made.expiryFrom, 'certificates');
  assert.equal(made.shortLived, 12);
  assert.ok(Math.abs(made.expiresAt - made.createdAt - 24 * 3_600_000) < 120_000);
  assert.deepEqual(
    made.files.map(({ name }) => name),
    ['bootstrap.ign', 'master.ign', 'worker.ign'],
  );
  const { files } = parseIgnition(readFileSync(join(made.folder, 'bootstrap.ign'), 'utf8'));
  const text = (name: string) => Buffer.from(files.get(name)!).toString();
  assert.match(text('/opt/openshift/manifests/cluster-scheduler-02-config.yml'), /mastersSchedulable: false/);
  assert.equal(text('/opt/openshift/release'), 'registry.example.com/ocp4/openshift4@sha256:abc\n');
  assert.ok(files.has('/opt/openshift/openshift/99-proxy.yaml'));
  assert.match(
    text('/opt/openshift/openshift/99_openshift-machineconfig_99-worker-chrony.yaml'),
    /MachineConfig/,
  );
  assert.deepEqual(stages.at(-1), 'ignitionVerify');
  const log = readFileSync(join(made.folder, '..', 'installer.log'), 'utf8');
  for (const said of [log, lines.join('\n')]) {
    assert.match(said, /Consuming Install Config/);
    assert.doesNotMatch(said, new RegExp(`${login}|a-secret-password`));
  }
  assert.doesNotMatch(log, /aaaaa-bbbbb/);
  const modes = (readdirSync(made.folder, { recursive: true }) as string[]).map(
    (name) => statSync(join(made.folder, name)).mode & 0o077,
  );
  assert.deepEqual(new Set(modes), new Set([0]));
  assert.deepEqual(
    readdirSync(join(path, 'generations')).filter((name) => name !== made.id),
    [],
  );
});

test('ensure() keeps a fresh generation of the same inputs and makes another for others, or after 12 hours', async () => {
  const { ignition, inputs, later } = await place();
  const first = await ignition.ensure(inputs);
  assert.equal(first.made, true);
  assert.deepEqual(await ignition.ensure(inputs), { ...first, made: false });
  const other = await ignition.ensure({ ...inputs, manifests: new Map() });
  assert.equal(other.made, true);
  assert.equal((await ignition.current())?.id, other.generation.id);
  assert.equal((await ignition.list()).length, 2);
  assert.equal((await ignition.choose(first.generation.id)).id, (await ignition.current())?.id);
  later(12.5);
  assert.equal((await ignition.served())[0]!.freshness, 'aging');
});

test('served() refuses a generation whose certificates ended, but for a cluster that stands', async () => {
  const { ignition, inputs, later } = await place();
  await assert.rejects(ignition.served(), (error) => hasCode(error, 'cluster.noIgnition'));
  await ignition.make(inputs);
  assert.equal((await ignition.served()).length, 3);
  later(25);
  await assert.rejects(ignition.served(), (error) => hasCode(error, 'cluster.ignitionExpired'));
  const held = await ignition.served({ installed: true });
  assert.deepEqual(
    held.map(({ name }) => name),
    ['master.ign', 'worker.ign'],
  );
});

test('make() refuses what is not as it must be, leaves nothing half made, and the generation of before stays current', async () => {
  const { ignition, inputs, path } = await place();
  const { id } = await ignition.make(inputs);
  const cases: readonly [FakeInstallerOptions, string][] = [
    [{ lifeMs: 3_600_000 }, 'cluster.oldCertificates'],
    [{ forgets: true }, 'cluster.notApplied'],
    [{ fails: 'platform: Invalid value' }, 'cluster.installerFailed'],
  ];
  for (const [options, code] of cases) {
    await writeFakeInstaller(path, options);
    await assert.rejects(ignition.make(inputs), (error) => hasCode(error, code), code);
  }
  const missing = { ...inputs, installer: join(path, 'nowhere') };
  await assert.rejects(ignition.make(missing), (error) => hasCode(error, 'cluster.installerMissing'));
  assert.equal((await ignition.current())?.id, id);
  assert.deepEqual(
    readdirSync(join(path, 'generations')).filter((name) => !name.endsWith('.log')),
    [id],
  );
});

test('make() ends the installer when it is aborted', async () => {
  const { ignition, inputs } = await place({ hangs: true });
  const signal = AbortSignal.timeout(300);
  await assert.rejects(ignition.make(inputs, { signal }), { name: 'TimeoutError' });
});

test('make() takes a single node’s file', async () => {
  const { ignition, inputs } = await place({ version: '4.14' });
  const made = await ignition.make({ ...inputs, singleNode: true });
  assert.deepEqual(
    made.files.map(({ name }) => name),
    ['bootstrap-in-place-for-live-iso.ign'],
  );
});

test('openWorkFolder() refuses what a run by hand left, and moves it away when asked to', async () => {
  const path = join(root, 'by-hand');
  mkdirSync(path);
  writeFileSync(join(path, '.openshift_install_state.json'), '{}');
  writeFileSync(join(path, 'master.ign'), '{}');
  await assert.rejects(openWorkFolder(path), (error) => hasCode(error, 'cluster.staleState'));
  await openWorkFolder(path, { moveStale: true });
  assert.deepEqual(readdirSync(join(path, 'stale-1')).sort(), [
    '.openshift_install_state.json',
    'master.ign',
  ]);
  await openWorkFolder(path);
});

test('make() refuses manifests of the user that are none or that would take the place of another', async () => {
  const { ignition, inputs, path } = await place();
  const extra = join(path, 'extra');
  mkdirSync(extra);
  const cases: readonly [string, string][] = [
    ['../x.yaml.sh', ''],
    ['a.yaml', 'kind: [\n'],
    ['b.yaml', 'just: text\n'],
    ['99_openshift-machineconfig_99-master-ssh.yaml', 'apiVersion: v1\nkind: MachineConfig\n'],
  ];
  for (const [name, text] of cases) {
    const file = join(extra, name.replaceAll('/', '_'));
    writeFileSync(file, text);
    await assert.rejects(ignition.make({ ...inputs, extraManifests: extra }), (error) =>
      hasCode(error, 'cluster.badManifest'),
    );
    rmSync(file);
  }
});
