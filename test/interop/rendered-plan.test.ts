import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Plan, renderPlan } from '../../src/cluster/plan/index.ts';
import { inputsFor } from '../../src/cluster/plan/render/testing/inputs.ts';
import { parseZone, type ZoneLine } from '../../src/cluster/plan/render/testing/parse-zone.ts';
import { referencePlan } from '../../src/cluster/plan/testing/reference-plan.ts';
import { writeRendered } from '../../src/cluster/steps/index.ts';

const run = promisify(execFile);
// Debian keeps servers in sbin, which the PATH of a plain user leaves out.
const path = `${process.env.PATH}:/usr/local/sbin:/usr/sbin:/sbin`;
const env = { ...process.env, PATH: path };
const needs = (...programs: string[]) => {
  const missing = programs.find((it) => spawnSync('sh', ['-c', `command -v ${it}`], { env }).status !== 0);
  return { skip: missing === undefined ? false : `${missing} is not installed` };
};

/** A registry beside the cluster, so that there are three zones. */
const plan: Plan = {
  ...referencePlan,
  registry: { ...referencePlan.registry, host: 'mirror.example.com' },
};

describe('the engines read what was rendered for them', () => {
  let place: string;
  let folder: string;
  const children: ChildProcess[] = [];
  const start = (program: string, ...args: string[]) => {
    const child = spawn(program, args, { env, stdio: 'ignore' });
    children.push(child);
    return child;
  };

  before(async () => {
    place = await mkdtemp(join(tmpdir(), 'holdfast-rendered-'));
    folder = join(place, 'out');
    await writeRendered(folder, renderPlan(plan, inputsFor(plan)));
  });
  after(async () => {
    for (const child of children) {
      const ended = once(child, 'exit');
      if (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL')) await ended;
    }
    await rm(place, { recursive: true, force: true });
  });
  const text = (name: string) => readFile(join(folder, name), 'utf8');

  test('haproxy takes both of its files without a warning', needs('haproxy'), async () => {
    for (const file of ['haproxy.cfg', 'after-bootstrap.cfg']) {
      const { stdout, stderr } = await run('haproxy', ['-c', '-f', join(folder, 'haproxy', file)], { env });
      assert.match(stdout + stderr, /^Configuration file is valid\n$/);
    }
  });

  test(
    'nginx serves images to all, ignition files to their nodes and nothing by a listing',
    needs('nginx'),
    async () => {
      const port = await freePort();
      const root = join(place, 'www');
      await mkdir(join(root, 'ignition'), { recursive: true });
      for (const name of ['rhcos.raw.gz', 'ignition/master.ign', 'ignition/other.ign'])
        await writeFile(join(root, name), name);
      // Everything listens on loopback here, which stands for a node that is allowed and one that is not.
      const server = (await text('nginx/default.conf'))
        .replace(`listen ${plan.bastion.filesPort};`, `listen 127.0.0.1:${port};`)
        .replace('/usr/share/nginx/html', root);
      const without = server.replaceAll('allow 127.0.0.1;', '').replace(`:${port}`, `:${await freePort()}`);
      const refused = Number(/listen 127\.0\.0\.1:(\d+)/.exec(without)![1]);
      const file = join(place, 'nginx.conf');
      await writeFile(
        file,
        `daemon off; master_process off; pid ${place}/nginx.pid; error_log stderr emerg; events {}
http { access_log off; client_body_temp_path ${place}/b; proxy_temp_path ${place}/p; fastcgi_temp_path ${place}/f;
uwsgi_temp_path ${place}/u; scgi_temp_path ${place}/s; ${server} ${without} }`,
      );
      await run('nginx', ['-t', '-q', '-c', file, '-e', 'stderr'], { env });
      start('nginx', '-c', file, '-e', 'stderr');
      await isUp(port);
      const status = async (at: number, name: string) =>
        (await fetch(`http://127.0.0.1:${at}/${name}`)).status;
      assert.deepEqual(
        await Promise.all(
          ['rhcos.raw.gz', 'ignition/master.ign', 'ignition/other.ign', 'ignition/', ''].map((name) =>
            status(port, name),
          ),
        ),
        [200, 200, 403, 403, 404],
      );
      assert.equal(await status(refused, 'ignition/master.ign'), 403);
    },
  );

  test(
    'etcd is loaded by the script and reads back as the keys, old names gone',
    needs('etcd', 'etcdctl'),
    async () => {
      const [client, peer] = [await freePort(), await freePort()];
      start(
        'etcd',
        `--data-dir=${place}/etcd`,
        `--listen-client-urls=http://127.0.0.1:${client}`,
        `--advertise-client-urls=http://127.0.0.1:${client}`,
        `--listen-peer-urls=http://127.0.0.1:${peer}`,
        `--initial-advertise-peer-urls=http://127.0.0.1:${peer}`,
        `--initial-cluster=default=http://127.0.0.1:${peer}`,
        '--unsafe-no-fsync',
      );
      await isUp(client);
      const etcd = { ...env, ETCDCTL_API: '3', ETCDCTL_ENDPOINTS: `http://127.0.0.1:${client}` };
      await run('etcdctl', ['put', '/skydns/com/example/openshift4/gone', '{}'], { env: etcd });
      await run('etcdctl', ['put', '/skydns/com/example/openshift4x', 'kept'], { env: etcd });
      await run(join(folder, 'dns/etcd-load.sh'), [], { env: etcd });
      const { stdout } = await run('etcdctl', ['get', '/skydns', '--prefix', '-w', 'json'], { env: etcd });
      const { kvs }: { kvs: readonly { key: string; value: string }[] } = JSON.parse(stdout);
      const decoded = (base64: string) => Buffer.from(base64, 'base64').toString();
      const { '/skydns/com/example/openshift4x': kept, ...read } = Object.fromEntries(
        kvs.map(({ key, value }) => [decoded(key), decoded(value)]),
      );
      assert.equal(kept, 'kept');
      const keys = Object.entries(JSON.parse(await text('dns/etcd-keys.json')));
      assert.deepEqual(read, Object.fromEntries(keys.map(([key, value]) => [key, JSON.stringify(value)])));
    },
  );

  test(
    'knot serves the zones as its part of the configuration says, and dig gets every record',
    needs('knotd', 'dig'),
    async () => {
      const port = await freePort();
      const file = join(place, 'knot.conf');
      await writeFile(
        file,
        `server:\n  rundir: ${place}\n  listen: 127.0.0.1@${port}\ndatabase:\n  storage: ${place}\nlog:\n  - target: stderr\n    any: error
template:\n  - id: default\n    storage: ${folder}/dns\n${await text('dns/knot.conf')}`,
      );
      start('knotd', '-c', file);
      await isUp(port);
      const zones = [...renderPlan(plan, inputsFor(plan)).keys()].filter((name) => name.endsWith('.zone'));
      assert.equal(zones.length, 3);
      const records = (await Promise.all(zones.map(text))).flatMap(parseZone);
      const asked = [...new Map(records.map((it) => [`${it.name} ${it.type}`, it])).values()];
      const { stdout } = await run('dig', [
        ...['@127.0.0.1', '-p', String(port), '+noall', '+answer', '+norecurse', '+tries=5'],
        ...asked.flatMap(({ name, type }) => [name, type]),
      ]);
      const answers = parseZone(stdout.replaceAll(/[ \t]+/g, ' '));
      const sorted = (lines: readonly ZoneLine[]) => lines.map((it) => JSON.stringify(it)).sort();
      assert.deepEqual(sorted(answers), sorted(records));
      const wild = await run('dig', [
        '@127.0.0.1',
        '-p',
        String(port),
        '+short',
        `a.b.apps.openshift4.example.com`,
      ]);
      assert.equal(wild.stdout, '10.225.45.250\n');
    },
  );

  test('BIND takes the zones and its part of the configuration', needs('named-checkconf'), async () => {
    const file = join(place, 'named.conf');
    await writeFile(file, `options { directory "${folder}/dns"; };\ninclude "${folder}/dns/named.conf";\n`);
    const { stdout } = await run('named-checkconf', ['-z', file], { env });
    assert.equal(stdout.match(/loaded serial \d+/g)?.length, 3);
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** Waits until something takes connections. */
async function isUp(port: number): Promise<void> {
  for (;;) {
    const socket: Socket = connect(port, '127.0.0.1');
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    socket.destroy();
    if (isOpen) return;
    await sleep(50);
  }
}
