import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { tarEnd, tarHeader } from '../../../images/index.ts';
import { digestOf, hasCode } from '../../../kernel/index.ts';
import { memoryCapture } from '../../image/testing/memory-registry.ts';
import { createMemorySource, type LayerFiles } from '../../image/testing/memory-source.ts';
import {
  componentRepository,
  createMemoryRelease,
  imageReferences,
  releaseRepository,
} from '../testing/release-source.ts';
import { type ExtractOptions, extractProgram } from './extract-program.ts';
import { markers } from './markers.ts';

const { image, version, architecture } = markers;
const head = Buffer.from('#!/bin/sh\necho program\nexit 0\n');
const program = (...parts: Buffer[]) => Buffer.concat([head, ...parts, Buffer.from('the end')]);
const bound = program(image.bytes, version.bytes);

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-extract-'));
});
after(() => rm(folder, { recursive: true }));

async function releaseWith(components: Record<string, LayerFiles>, release = '4.5.9') {
  const made = await createMemoryRelease(components, { version: release });
  const { store, capture } = memoryCapture([made.release, made.components]);
  const { digest } = await capture(`docker://${releaseRepository}:${release}-x86_64`);
  const to = join(folder, `program-${Math.random()}`);
  const extract = (change: Partial<ExtractOptions> = {}) =>
    extractProgram({ store, snapshot: digest!, program: 'openshift-install', to, ...change });
  return { ...made, store, to, extract };
}

const withInstaller = (bytes: Uint8Array, release?: string) =>
  releaseWith({ installer: { 'usr/bin/openshift-install': bytes } }, release);

/** What stands in a file at a marker's place, up to NUL. */
function valueAt(written: Buffer, original: Buffer, marker: { bytes: Buffer }): string {
  const at = original.indexOf(marker.bytes);
  return written.subarray(at, written.indexOf(0, at)).toString();
}

test('the markers have the lengths that the installer was built with', () => {
  assert.deepEqual(
    [image, version, architecture].map(({ bytes }) => bytes.length),
    [327, 93, 98],
  );
});

test('the installer is bound to its release and version, executable, and otherwise byte for byte', async () => {
  const { extract, to, digest } = await withInstaller(bound);
  const done = await extract();
  const written = await readFile(to);
  const pullspec = `${releaseRepository}@${digest}`;
  const wanted = Buffer.from(bound);
  wanted.write(`${pullspec}\0`, bound.indexOf(image.bytes), 'latin1');
  wanted.write('4.5.9\0', bound.indexOf(version.bytes), 'latin1');
  assert.deepEqual(written, wanted);
  assert.equal((await stat(to)).mode & 0o777, 0o755);
  assert.deepEqual(done, {
    path: to,
    sizeBytes: bound.length,
    digest: digestOf(written),
    pullspec,
    version: '4.5.9',
    component: '4.5.9-installer',
  });
});

test('a mirror takes the place of the repository that the release came from', async () => {
  const { extract, to, digest } = await withInstaller(bound);
  const mirror = { registry: 'registry.example.com:5000', repository: 'ocp4/openshift4' };
  await extract({ mirror });
  const pullspec = `registry.example.com:5000/ocp4/openshift4@${digest}`;
  assert.equal(valueAt(await readFile(to), bound, image), pullspec);
  const bad = { ...mirror, repository: 'a b' };
  await assert.rejects(extract({ mirror: bad }), (error) => hasCode(error, 'images.badReference'));
});

test('markers are found wherever the pieces of the program are cut', async () => {
  const filler = Buffer.alloc(1024 * 1024 - head.length - 100, 'x');
  const long = program(filler, image.bytes, Buffer.alloc(3_000_000, 'y'), version.bytes);
  const { extract, to } = await withInstaller(long);
  await extract();
  assert.equal(valueAt(await readFile(to), long, version), '4.5.9');
});

test('from 4.20 the architecture is filled in as well, and has to have its place', async () => {
  const whole = program(image.bytes, version.bytes, architecture.bytes);
  const { extract, to } = await withInstaller(whole, '4.20.1');
  await extract();
  assert.equal(valueAt(await readFile(to), whole, architecture), 'linux/amd64');
  const without = await withInstaller(bound, '4.20.1');
  await assert.rejects(without.extract(), (error) => hasCode(error, 'capture.unpatchable'));
});

test('a program without its markers, or with one twice, is refused and leaves nothing behind', async () => {
  for (const bytes of [program(version.bytes), program(image.bytes, image.bytes, version.bytes)]) {
    const { extract, to } = await withInstaller(bytes);
    await writeFile(to, 'what was there before');
    await assert.rejects(
      extract(),
      (error) => hasCode(error, 'capture.unpatchable') && /RELEASE_IMAGE_LOCATION/.test(error.message),
    );
    assert.equal(await readFile(to, 'utf8'), 'what was there before');
  }
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.endsWith('.partial')),
    [],
  );
});

test('oc learns its version only, and comes for other systems as well', async () => {
  const { extract, to } = await releaseWith({
    cli: { 'usr/bin/oc': bound },
    'cli-artifacts': { 'usr/share/openshift/mac/oc': 'mac', 'usr/share/openshift/windows/oc.exe': 'win' },
  });
  await extract({ program: 'oc' });
  const written = await readFile(to);
  assert.equal(valueAt(written, bound, version), '4.5.9');
  assert.ok(written.includes(image.bytes));
  await extract({ program: 'oc', system: 'windows' });
  assert.equal(await readFile(to, 'utf8'), 'win');
  await assert.rejects(extract({ system: 'windows' }), (error) => hasCode(error, 'capture.noProgram'));
});

test('links are followed within the image, a whiteout hides, and a chain without end is refused', async () => {
  const link = (path: string, type: 'symlink' | 'hardlink', linkPath: string) =>
    tarHeader({ path, type, linkPath });
  const cases: [LayerFiles | Uint8Array, boolean][] = [
    [link('usr/bin/openshift-install', 'symlink', '../../opt/install'), true],
    [link('usr/bin/openshift-install', 'symlink', '/opt/install'), true],
    [link('usr/bin/openshift-install', 'symlink', '/../../opt/install'), true],
    [link('usr/bin/openshift-install', 'symlink', 'openshift-install'), false],
    [{ 'usr/bin/.wh.openshift-install': '' }, false],
    [{ 'usr/.wh.bin': '' }, false],
  ];
  for (const [top, works] of cases) {
    const upper = top instanceof Uint8Array ? Buffer.concat([top, tarEnd]) : top;
    const below = { 'opt/install': bound, 'usr/bin/openshift-install': program() };
    const found = await canBeTakenFrom(below, upper);
    assert.equal(found, works, JSON.stringify(upper));
  }
});

/** Whether the installer can be taken out of an image of these layers. */
async function canBeTakenFrom(...layers: (LayerFiles | Uint8Array)[]): Promise<boolean> {
  const components = createMemorySource(componentRepository);
  const installer = await components.image({ layers });
  const release = createMemorySource(releaseRepository);
  const references = imageReferences('4.5.9', [['installer', `${componentRepository}@${installer.digest}`]]);
  const labels = { 'io.openshift.release': '4.5.9' };
  await release.image({ labels, layers: [{ 'release-manifests/image-references': references }], tag: 'x' });
  const { store, capture } = memoryCapture([release, components]);
  const { digest } = await capture(`docker://${releaseRepository}:x`);
  const to = join(folder, `linked-${Math.random()}`);
  const options = { store, snapshot: digest!, program: 'openshift-install' as const, to };
  return extractProgram(options).then(
    () => true,
    (error) => (hasCode(error, 'capture.noProgram') ? false : Promise.reject(error)),
  );
}

test('a layer that was changed in the store is noticed, and nothing is put in place', async () => {
  const { extract, store, to, components } = await withInstaller(bound);
  const layer = [...components.parts].findLast(([, bytes]) => bytes[0] === 0x1f)![0];
  const other = Buffer.from(components.parts.get(layer)!);
  const read = store.read.bind(store);
  store.read = async (digest, range) => {
    if (digest !== layer) return read(digest, range);
    // The same content under another time of packing: it unpacks well, and is not what was named.
    other[4] = 1;
    return (async function* () {
      yield other;
    })();
  };
  await assert.rejects(
    extract(),
    (error) => hasCode(error, 'capture.noProgram') && /has the digest/.test(error.message),
  );
  await assert.rejects(stat(to));
});

test('a release without the component, and a folder that is not there, are told by name', async () => {
  const { extract } = await releaseWith({ etcd: { 'usr/bin/etcd': 'etcd' } });
  await assert.rejects(
    extract(),
    (error) => hasCode(error, 'capture.noProgram') && /"installer"/.test(error.message),
  );
  const sound = await withInstaller(bound);
  await assert.rejects(sound.extract({ to: join(folder, 'missing/program') }), (error) =>
    hasCode(error, 'capture.cannotWrite'),
  );
});
