import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { loadPlan, nodeScript } from '../../src/cluster/steps/index.ts';
import { cliTexts } from '../../src/texts/index.ts';
import { namespaceNetwork } from '../support/namespaces.ts';

const root = join(import.meta.dirname, '../..');
const zone = 'openshift4.example.com';
const addresses = { bastion: '10.225.45.250', master1: '10.225.45.251' } as const;

interface Report {
  readonly ok: boolean;
  readonly rows: readonly { id: string; status: string; code: string; detail: string; mend: string | null }[];
}

test('preflight proves the bastion of the reference, and names what is broken with the mend', {
  timeout: 180_000,
}, async (t) => {
  await using network = await namespaceNetwork(t, addresses, { nameserver: addresses.bastion });
  if (!network) return;
  const { hosts } = network;
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-e2e-preflight-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(root, 'examples/ocp-4.5.9'), folder, { recursive: true });
  const plan = join(folder, 'plan.yaml');
  const images = join(folder, 'data/clusters', zone, 'images');
  mkdirSync(images, { recursive: true, mode: 0o700 });
  writeFileSync(join(images, 'rhcos.raw.gz'), 'an image');

  const env = {
    ...process.env,
    HOLDFAST_DATA: join(folder, 'data'),
    HOLDFAST_LANG: 'en',
    HOLDFAST_LISTEN: '127.0.0.1:0',
    HOLDFAST_REPLAY_LISTEN: '127.0.0.1:0',
  };
  const holdfast = (host: keyof typeof addresses, ...args: string[]) =>
    hosts[host].spawn(join(root, 'bin/holdfast'), ['cluster', ...args], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  /** Starts what goes on; resolves with a promise of its further output as soon as it says that it is ready. */
  const ready = (child: ReturnType<typeof holdfast>) =>
    new Promise<() => string>((done, failed) => {
      let said = '';
      child.stdout!.on('data', (piece) => {
        said += piece;
        if (/"event":"ready"/.test(said)) done(() => said);
      });
      child.once('exit', () => failed(new Error(said)));
    });
  const preflight = async (): Promise<Report> =>
    JSON.parse(await text(holdfast('bastion', 'preflight', plan, '--json').stdout!)) as Report;
  const row = ({ rows }: Report, id: string) => rows.find((one) => one.id === id)!;

  const told = await ready(holdfast('bastion', 'up', plan, '--json'));
  const first = await preflight();
  // There is no registry, and nothing else is wrong.
  assert.deepEqual(
    first.rows.filter(({ status }) => status === 'failed').map(({ id, code }) => [id, code]),
    [
      ['registry.certificate', 'preflight.registryAway'],
      ['registry.release', 'preflight.releaseBroken'],
    ],
  );
  assert.deepEqual(
    first.rows.filter(({ id }) => id.startsWith('balancer.')).map(({ id, code }) => [id, code]),
    ['6443.api', '6443.api-int', '22623.api-int', '80.apps', '443.apps'].map((id) => [
      `balancer.${id}`,
      'preflight.tokenRead',
    ]),
  );
  assert.equal(row(first, `names.a.master2.${zone}`).status, 'passed');
  assert.equal(row(first, 'files.rhcos.raw.gz').detail, 'Served, 8 bytes');
  // Nobody at the bastion is told of the stubs, nor of a stranger.
  assert.doesNotMatch(told(), /holdfast-preflight|unknown-address/);

  const script = nodeScript((await loadPlan(plan)).plan, cliTexts('en').cluster.preflight.script);
  const child = hosts.master1.spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const table = await text(child.stdout!);
  assert.match(table, /^ok +this machine +master1 \(10\.225\.45\.251, ens192, MTU/m);
  assert.match(table, /^ok +name api-int\.openshift4\.example\.com +10\.225\.45\.250$/m);
  assert.match(table, /^ok +wildcard \*\.apps\.openshift4\.example\.com +10\.225\.45\.250$/m);
  assert.match(table, /^ok +backward 10\.225\.45\.222 +master3\.openshift4\.example\.com$/m);
  assert.match(table, /^ok +api-int\.openshift4\.example\.com:6443 +open, nobody behind it yet$/m);
  assert.match(table, /^ok +image .*rhcos\.raw\.gz +8 bytes$/m);
  assert.match(table, /^ok +clock against the bastion +-?[01] s$/m);
  assert.match(table, /^FAILED +certificate registry\.openshift4\.example\.com:443/m);
  assert.equal(table.match(/^FAILED/gm)?.length, 2, table);

  // From now on the bastion runs by another plan than the one that is looked at, and a node is there.
  await ready(holdfast('master1', 'stub', plan, '--node', 'master1', '--json'));
  const yaml = readFileSync(plan, 'utf8')
    .replace('10.225.45.252', '10.225.45.253')
    .replace('filesPort: 8080', 'filesPort: 8081');
  writeFileSync(plan, yaml);
  while (!/"backend":"master1","health":"up"/.test(told())) await new Promise((done) => setTimeout(done, 50));
  const second = await preflight();
  const wrong = row(second, `names.a.master2.${zone}`);
  assert.equal(wrong.detail, '10.225.45.250 answers 10.225.45.252, it must be 10.225.45.253');
  assert.equal(wrong.mend, `Change the record at 10.225.45.250: master2.${zone}. IN A 10.225.45.253`);
  assert.equal(row(second, 'names.ptr.253.45.225.10.in-addr.arpa').status, 'failed');
  assert.match(row(second, 'ports.tcp.8081').detail, /does not serve files on 10\.225\.45\.250:8081/);
  assert.equal(row(second, 'balancer.6443.api').code, 'preflight.balancerInUse');
});
