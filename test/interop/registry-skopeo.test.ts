import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { tarOf } from '../../src/images/tar/testing/tar-bytes.ts';
import { digestOf, systemClock } from '../../src/kernel/index.ts';
import { createAuthority, parseHostNames } from '../../src/registry/index.ts';
import { openRegistry } from '../../src/registry/testing/open-registry.ts';
import { createClient } from './registry-conformance/client.ts';
import {
  freshBlob,
  freshConfig,
  imageOf,
  indexOf,
  type Part,
  partOf,
  types,
} from './registry-conformance/material.ts';
import { createWorld, expectStatus } from './registry-conformance/world.ts';

const run = promisify(execFile);
const hasSkopeo = spawnSync('skopeo', ['--version']).error === undefined;
const hasPodman = spawnSync('podman', ['--version']).error === undefined;

const families = {
  OCI: { image: types.manifest, list: types.index, config: types.config, layer: types.layer },
  Docker: {
    image: types.dockerManifest,
    list: types.dockerList,
    config: types.dockerConfig,
    layer: types.dockerLayer,
  },
} as const;

describe('skopeo and the registry', { skip: hasSkopeo ? false : 'skopeo is not installed' }, () => {
  let folder: string;
  let plain: Awaited<ReturnType<typeof openRegistry>>;
  let secured: Awaited<ReturnType<typeof openRegistry>>;
  let robot: string;
  const skopeo = (...args: string[]) => run('skopeo', args, { env: { ...process.env, HOME: folder } });
  const trust = (side: 'src' | 'dest') => [
    `--${side}-cert-dir`,
    join(folder, 'trust'),
    `--${side}-creds`,
    robot,
  ];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-skopeo-'));
    const authority = createAuthority({ folder: join(folder, 'ca'), clock: systemClock });
    const tls = await authority.identityFor(parseHostNames(['127.0.0.1', 'localhost']));
    await mkdir(join(folder, 'trust'));
    await writeFile(join(folder, 'trust', 'ca.crt'), await authority.certificate());
    plain = await openRegistry();
    secured = await openRegistry({ tls, policy: { openOnLoopback: false } });
    const { secret } = await secured.robots.create({
      name: 'carrier',
      rights: [{ pattern: 'mirror/*', actions: ['push', 'delete'] }],
    });
    robot = `carrier:${secret}`;
  });
  after(async () => {
    await plain?.close();
    await secured?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Pushes an image and a list of a family over plain HTTP; gives both. */
  async function pushFamily(
    name: string,
    family: (typeof families)[keyof typeof families],
  ): Promise<{ image: Part; list: Part }> {
    const { pushBlob, putManifest } = createWorld(createClient(plain.url));
    const config = freshConfig(family.config);
    // skopeo would compress what is not compressed yet.
    const layer = partOf(gzipSync(freshBlob(100_000).bytes), family.layer);
    await pushBlob(config, name);
    await pushBlob(layer, name);
    const image = imageOf(config, [layer], { mediaType: family.image });
    const list = indexOf([image], { mediaType: family.list });
    expectStatus(await putManifest(image, 'image', name), 201);
    expectStatus(await putManifest(list, 'list', name), 201);
    return { image, list };
  }

  for (const [title, family] of Object.entries(families))
    test(`carries images and lists of the ${title} family from and to it, over TLS, as a robot`, async () => {
      const name = `mirror/${title.toLowerCase()}`;
      const parts = await pushFamily(name, family);
      for (const tag of ['image', 'list'] as const) {
        const copied = `docker://127.0.0.1:${secured.port}/${name}:${tag}`;
        await skopeo(
          'copy',
          '--insecure-policy',
          '--all',
          '--preserve-digests',
          '--src-tls-verify=false',
          `docker://127.0.0.1:${plain.port}/${name}:${tag}`,
          ...trust('dest'),
          copied,
        );
        const out = join(folder, `${title}-${tag}`);
        await skopeo(
          'copy',
          '--insecure-policy',
          '--all',
          '--preserve-digests',
          ...trust('src'),
          copied,
          `dir:${out}`,
        );
        assert.deepEqual(await readFile(join(out, 'manifest.json')), parts[tag].bytes);
      }
      const { stdout } = await skopeo(
        'list-tags',
        '--cert-dir',
        join(folder, 'trust'),
        '--creds',
        robot,
        `docker://127.0.0.1:${secured.port}/${name}`,
      );
      assert.deepEqual(JSON.parse(stdout).Tags, ['image', 'list']);
    });

  test('is refused without the authority, without a login, and beyond the rights of its robot', async () => {
    const source = [`--src-tls-verify=false`, `docker://127.0.0.1:${plain.port}/mirror/refused:image`];
    await pushFamily('mirror/refused', families.OCI);
    const target = (name: string) => `docker://127.0.0.1:${secured.port}/${name}:image`;
    const copy = (...args: string[]) => skopeo('copy', '--insecure-policy', ...source, ...args);
    await assert.rejects(copy('--dest-creds', robot, target('mirror/refused')), /certificate|x509/i);
    await assert.rejects(
      copy('--dest-cert-dir', join(folder, 'trust'), target('mirror/refused')),
      /unauthorized|authentication/i,
    );
    await assert.rejects(copy(...trust('dest'), target('other/refused')), /403|denied/i);
  });

  test('deletes an image as a robot that may', async () => {
    const name = 'mirror/deleted';
    const { image } = await pushFamily(name, families.OCI);
    const target = `docker://127.0.0.1:${secured.port}/${name}:image`;
    await skopeo(
      'copy',
      '--insecure-policy',
      '--src-tls-verify=false',
      `docker://127.0.0.1:${plain.port}/${name}:image`,
      ...trust('dest'),
      target,
    );
    await skopeo('delete', '--cert-dir', join(folder, 'trust'), '--creds', robot, target);
    assert.equal(await secured.catalog.findManifest(name, image.digest), undefined);
  });

  test('podman pulls an image from it and pushes it back, with the same layers', {
    skip: hasPodman ? false : 'podman is not installed',
  }, async (t) => {
    const { pushBlob, putManifest } = createWorld(createClient(plain.url));
    const files = gzipSync(await tarOf([{ path: 'motd' }, 'hello']));
    const rootfs = { type: 'layers', diff_ids: [digestOf(gunzipSync(files))] };
    const config = partOf(
      Buffer.from(JSON.stringify({ os: 'linux', architecture: 'amd64', rootfs })),
      types.config,
    );
    const layer = partOf(files, 'application/vnd.oci.image.layer.v1.tar+gzip');
    for (const part of [config, layer]) await pushBlob(part, 'mirror/podman');
    expectStatus(await putManifest(imageOf(config, [layer]), '1', 'mirror/podman'), 201);
    const root = join(folder, 'podman');
    const storage = ['--root', root, '--runroot', `${root}-run`, '--storage-driver', 'vfs'];
    const podman = (...args: string[]) =>
      run('podman', [...storage, ...args], { env: { ...process.env, HOME: folder, TMPDIR: folder } });
    const works = await podman('images').then(
      () => true,
      () => false,
    );
    if (!works) return t.skip('podman does not run here');
    const name = (tag: string) => `127.0.0.1:${plain.port}/mirror/podman:${tag}`;
    await podman('pull', '--tls-verify=false', name('1'));
    await podman('push', '--tls-verify=false', name('1'), name('2'));
    const pushed = await plain.catalog.findManifest('mirror/podman', '2');
    const manifest = JSON.parse(Buffer.from(await plain.store.bytes(pushed!.digest)).toString());
    const unpacked = await plain.store.bytes(manifest.layers[0].digest);
    assert.equal(digestOf(gunzipSync(unpacked)), rootfs.diff_ids[0]);
  });
});
