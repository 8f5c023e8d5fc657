import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { verificationConfigMap } from '../../src/capture/release/testing/release-source.ts';
import { createSigner, statementOf } from '../../src/capture/release/testing/signer.ts';
import { createRegistry } from '../../src/images/index.ts';
import { createPlainTransport } from '../../src/images/testing/plain-transport.ts';
import { digestOf } from '../../src/kernel/index.ts';
import { hasDockerRegistry, startDockerRegistry } from '../interop/support/docker-registry.ts';
import { componentNames, pushRelease, type SyntheticRelease } from '../interop/support/synthetic-release.ts';
import { type Ended, type Holdfast, newHoldfast, type RunOptions } from '../support/holdfast.ts';

const run = promisify(execFile);
const hasSkopeo = spawnSync('skopeo', ['--version']).error === undefined;
const skip = !hasDockerRegistry
  ? 'docker-registry is not installed'
  : !hasSkopeo && 'skopeo is not installed';
const releaseName = 'quay.io/openshift-release-dev/ocp-release';
const componentName = 'quay.io/openshift-release-dev/ocp-v4.0-art-dev';
const sample = resolve(import.meta.dirname, '../../src/images/oc-mirror/fixtures/oc-4.5-to-dir.tar.gz');

interface Kept {
  readonly id: string;
  readonly snapshot: {
    readonly digest: string;
    readonly verdict: string;
    readonly evidence: { code: string }[];
  };
  readonly installation: { readonly installConfig: string; readonly signatureConfigMap?: string };
}

describe('a release of 110 images, from its registry to a pull on the far side of an air gap', {
  skip,
}, () => {
  const near = newHoldfast();
  const far = newHoldfast();
  const signatures = new Map<string, Uint8Array>();
  const web = createServer((request, response) => {
    const found = signatures.get(request.url!);
    response.writeHead(found ? 200 : 404).end(found);
  });
  let folder: string;
  let registry: Awaited<ReturnType<typeof startDockerRegistry>>;
  let release: SyntheticRelease;
  let kept: Kept;
  let env: Record<string, string>;
  /** Where the registry of the far side listens, and how it is logged in to. */
  let served: string;
  let robot: string;

  const good = async (holdfast: Holdfast, args: readonly string[], options?: RunOptions): Promise<Ended> => {
    const ended = await holdfast.run(args, options);
    assert.equal(ended.code, 0, `${args.join(' ')}\n${ended.stderr}${ended.stdout}`);
    return ended;
  };
  const skopeo = (...args: string[]) =>
    run('skopeo', ['--insecure-policy', '--registries-conf', join(folder, 'registries.conf'), ...args], {
      env: {
        ...process.env,
        HOME: folder,
        XDG_CONFIG_HOME: join(folder, '.config'),
        REGISTRY_AUTH_FILE: join(folder, 'auth.json'),
      },
    });

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-carried-'));
    registry = await startDockerRegistry();
    web.listen(0, '127.0.0.1');
    await once(web, 'listening');
    const { port } = web.address() as { port: number };
    const signer = await createSigner({ date: new Date(Date.now() - 86_400_000) });
    const keys = verificationConfigMap(signer.publicKey, `http://127.0.0.1:${port}/signatures`);
    const payload = { 'release-manifests/0000_90_cluster-update-keys_configmap.yaml': keys };
    const host = `127.0.0.1:${registry.port}`;
    const transport = createPlainTransport();
    release = await pushRelease(createRegistry({ transport, plainHttp: true }), host, payload, 'quay.io');
    transport.close();
    const path = `/signatures/${release.digest.replace(':', '=')}/signature-1`;
    signatures.set(path, await signer.sign(statementOf(release.digest)));
    await writeFile(join(folder, 'keys.asc'), signer.publicKey);
    env = {
      HOLDFAST_REGISTRY_MIRRORS: `quay.io/openshift-release-dev=${host}/openshift-release-dev`,
      HOLDFAST_RELEASE_KEYS: join(folder, 'keys.asc'),
    };
  });
  after(async () => {
    web.close();
    await registry?.close();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  test('is kept with one command, which says what its installation needs next', async () => {
    const args = [
      'add',
      `docker://${releaseName}:4.5.9-x86_64`,
      '--plain-http',
      '--tag',
      'ocp/4.5',
      '--wait',
    ];
    const [added] = (await good(near, [...args, '--json'], { env })).json<Kept[]>();
    kept = added!;
    const codes = kept.snapshot.evidence.map(({ code }) => code);
    assert.deepEqual(
      [kept.snapshot.verdict, ...codes],
      ['good', 'releaseMirrored', 'signatureVerified', 'imageCopied'],
    );
    assert.match(kept.installation.installConfig, /^imageContentSources:\n- mirrors:/);
    assert.ok(kept.installation.installConfig.includes(`source: ${componentName}\n`));
    assert.match(kept.installation.signatureConfigMap ?? '', new RegExp(release.digest.replace(':', '-')));
  });

  test('is copied to another registry under the tags of oc, and not a byte of it a second time', async () => {
    const target = `docker://127.0.0.1:${registry.port}/ocp4/openshift4`;
    const copy = async () =>
      (await good(near, ['copy', kept.id, target, '--plain-http', '--json'])).json<{
        images: unknown[];
        copiedBytes: number;
        installation: { installConfig: string };
      }>();
    const first = await copy();
    assert.equal(
      first.images.length,
      componentNames.length + 3,
      'with both names of the release, and its signature',
    );
    assert.ok(first.copiedBytes > 0);
    assert.ok(first.installation.installConfig.includes(`- 127.0.0.1:${registry.port}/ocp4/openshift4\n`));
    assert.equal((await copy()).copiedBytes, 0);
    const url = `${registry.url}/v2/ocp4/openshift4/tags/list`;
    const { tags } = (await (await fetch(url)).json()) as { tags: string[] };
    const wanted = [...componentNames.map((name) => `4.5.9-${name}`), '4.5.9', '4.5.9-x86_64'];
    assert.deepEqual(tags.filter((tag) => !tag.startsWith('sha256-')).sort(), wanted.sort());
  });

  test('crosses in a bundle to a Holdfast that has no way to the first, where all of it is sound', async () => {
    await good(near, ['export', '--tag', 'ocp/4.5', '--to', join(folder, 'bundle')]);
    await registry.close();
    web.close();
    const imported = await good(far, ['import', join(folder, 'bundle'), '--json']);
    assert.equal(imported.json<{ ok: boolean }>().ok, true);
    const checked = (await good(far, ['verify', '--json'])).json<{ ok: boolean; unreferenced: number }>();
    assert.deepEqual([checked.ok, checked.unreferenced], [true, 0]);
    const found = (await good(far, ['list', 'cluster-version-operator', '--json'])).json<Kept[]>();
    assert.equal(found[0]?.snapshot.digest, kept.snapshot.digest, 'by the name of a component');
    kept = found[0]!;
  });

  test('is served there over TLS, and skopeo pulls every image by its own name through the mirror', async () => {
    const server = far.start(['serve', '--json'], {
      env: { HOLDFAST_REGISTRY_LISTEN: '127.0.0.1:0', HOLDFAST_REGISTRY_TLS: 'on' },
    });
    const [, address = ''] = await server.says(/"registryAddress": "https:\/\/([^"]+)"/);
    served = address;
    const ca = (await good(far, ['registry', 'ca'])).stdout;
    const trust = join(folder, '.config/containers/certs.d', served);
    await mkdir(trust, { recursive: true });
    await writeFile(join(trust, 'ca.crt'), ca);
    const mirror = (name: string) =>
      // The name itself leads nowhere.
      `[[registry]]\nprefix = "${name}"\nlocation = "127.0.0.1:1/nowhere"\n` +
      `[[registry.mirror]]\nlocation = "${served}/openshift/release"\n`;
    await writeFile(join(folder, 'registries.conf'), mirror(releaseName) + mirror(componentName));
    const tags = [...componentNames.map((name) => `4.5.9-${name}`), '4.5.9', '4.5.9-x86_64'];
    const list = join(folder, 'all.yaml');
    const [, ...path] = releaseName.split('/');
    await writeFile(list, JSON.stringify({ 'quay.io': { images: { [path.join('/')]: tags } } }));
    await mkdir(join(folder, 'pulled'));
    await skopeo('sync', '--src', 'yaml', '--dest', 'dir', '--all', list, join(folder, 'pulled'));
    const pulled = new Map<string, string>();
    for (const name of await readdir(join(folder, 'pulled'))) {
      const manifest = await readFile(join(folder, 'pulled', name, 'manifest.json'));
      pulled.set(name.slice(name.indexOf(':') + 1), digestOf(manifest));
    }
    const wanted = new Map<string, string>(
      componentNames.map((name) => [`4.5.9-${name}`, release.digests.get(name)!]),
    );
    for (const tag of ['4.5.9', '4.5.9-x86_64']) wanted.set(tag, release.digest);
    assert.deepEqual(new Map([...pulled].sort()), new Map([...wanted].sort()));
    const etcd = `docker://${componentName}@${release.digests.get('etcd')}`;
    await skopeo('copy', '--preserve-digests', etcd, `dir:${join(folder, 'etcd')}`);
  });

  test('gives its installer and its signature there, with nothing to ask', async () => {
    const to = join(folder, 'programs');
    const mirror = `${served}/openshift/release`;
    const args = [
      'release',
      'extract',
      kept.id,
      '--command',
      'openshift-install',
      '--to',
      to,
      '--mirror',
      mirror,
    ];
    const { pullspec } = (await good(far, [...args, '--json'])).json<{ pullspec: string }>();
    assert.equal(pullspec, `${mirror}@${release.digest}`);
    assert.equal((await run(join(to, 'openshift-install'), ['version'])).stdout, 'synthetic version\n');
    const info = await good(far, ['release', 'info', kept.id, '--mirror', mirror]);
    assert.match(info.stdout, /^OpenShift 4\.5\.9 \(x86_64\)\n/);
    assert.match(info.stdout, /^kind: ImageContentSourcePolicy$/m);
    assert.match(info.stdout, /^kind: ConfigMap$/m);
  });

  test('robots push where they may and no more than the quota, and gc --dry-run says what would go', async () => {
    const robots = ['registry', 'robot', 'add', 'carrier', '--push', 'mirror/*', '--json'];
    robot = (await good(far, robots)).json<{ secret: string }>().secret;
    await skopeo('login', '--username', 'carrier', '--password', robot, served);
    const push = (name: string) =>
      skopeo('copy', `dir:${join(folder, 'etcd')}`, `docker://${served}/${name}:1`);
    await push('mirror/etcd');
    await assert.rejects(push('other/etcd'), /denied|unauthorized|403/i);
    await skopeo('copy', `docker://${served}/mirror/etcd:1`, `dir:${join(folder, 'again')}`);
    assert.deepEqual(
      await readFile(join(folder, 'again/manifest.json')),
      await readFile(join(folder, 'etcd/manifest.json')),
    );
    await good(far, ['registry', 'quota', 'set', 'mirror/*', '100']);
    await assert.rejects(push('mirror/more'), /quota|denied/i);
    const [listed] = (await good(far, ['registry', 'quota', 'list', '--json'])).json<
      { limitBytes: number }[]
    >();
    assert.equal(listed!.limitBytes, 100);
    const args = ['gc', '--dry-run', '--keep', 'last=1', '--json'];
    const dry = (await good(far, args)).json<{ dryRun: boolean; freedBytes: number; hasRules: boolean }>();
    assert.deepEqual([dry.dryRun, dry.freedBytes, dry.hasRules], [true, 0, true]);
    await good(far, ['verify']);
  });

  test('a folder that oc wrote becomes a release there, as links to the same name', async () => {
    await run('tar', ['xzf', sample, '-C', folder]);
    const args = [
      'import',
      join(folder, 'mirror'),
      '--as',
      `docker://${releaseName}:4.5.9-oc`,
      '--tag',
      'from/oc',
    ];
    const { links } = (await good(near, [...args, '--json'])).json<{ links: (Kept & { url: string })[] }>();
    assert.deepEqual(
      links.map(({ url, snapshot }) => [url, snapshot.verdict]),
      [[`docker://${releaseName}:4.5.9-oc`, 'good']],
    );
    const refused = await near.run(['add', `oc:${join(folder, 'mirror')}`]);
    assert.deepEqual([refused.code, /holdfast import oc:/.test(refused.stderr)], [2, true]);
  });
});
