import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { openMirrorFolder, openSource, openTarget, parsePlace } from '../../images/index.ts';
import { hasCode } from '../../kernel/index.ts';
import { MemoryBlobStore, verifyBlobs } from '../../store/index.ts';
import { memoryCapture, memoryTransport } from '../image/testing/memory-registry.ts';
import { createMemorySource } from '../image/testing/memory-source.ts';
import { openRelease } from '../release/release.ts';
import { createMemoryRelease, releaseRepository } from '../release/testing/release-source.ts';
import { openImageSnapshot } from '../snapshot/image-index.ts';
import { storePage } from '../snapshot/testing/stored-page.ts';
import { copyFolder, copyReference, copySnapshot, takeInImages } from './index.ts';

const fixtures = join(import.meta.dirname, '../../images/oc-mirror/fixtures');
const signer = await readFile(join(import.meta.dirname, '../release/fixtures/signer.asc'), 'utf8');
const digest = 'sha256:56bcb5a54aa39d252a1d61ee0846c4b327674b23bb27e5857b16d9ffa697222e';
const scratch = await mkdtemp(join(tmpdir(), 'holdfast-copy-'));
let made = 0;
const fresh = () => join(scratch, `p${made++}`);
const unpack = async () => {
  const place = fresh();
  await mkdir(place);
  await promisify(execFile)('tar', ['xzf', join(fixtures, 'oc-4.5-to-dir.tar.gz'), '-C', place]);
  return join(place, 'mirror');
};
after(() => rm(scratch, { recursive: true }));

type Folder = Exclude<ReturnType<typeof parsePlace>, { kind: 'registry' }>;
const folder = (text: string) => openSource(parsePlace(text) as Folder);
const flags = { signal: AbortSignal.timeout(60_000), onProgress: () => {} };
const target = (text: string) =>
  openTarget(parsePlace(text), { registry: () => assert.fail('no registry is asked') });

async function takeIn(text: string, options: { as?: string; trustedKeys?: string[] } = {}) {
  const store = new MemoryBlobStore();
  await using from = await folder(text);
  const { trustedKeys = [], ...rest } = options;
  const more = { software: 'Holdfast/0.0.0', trustedKeys: async () => trustedKeys };
  return { store, ...(await takeInImages(from, { store, ...more, ...rest, ...flags })) };
}

describe('what oc wrote to a folder', () => {
  let mirror: string;
  before(async () => {
    mirror = await unpack();
  });

  test('becomes one snapshot of the release, whole, with its signature verified and kept', async () => {
    const { store, snapshots, unnamed } = await takeIn(`oc:${mirror}`, { trustedKeys: [signer] });
    assert.deepEqual([snapshots.length, unnamed], [1, []]);
    const [{ url, outcome }] = snapshots as [(typeof snapshots)[number]];
    assert.match(url, /^docker:\/\/127\.0\.0\.1:5008\/openshift-release-dev\/ocp-release:4\.5\.9-x86_64$/);
    assert.equal(outcome.verdict, 'good');
    assert.deepEqual(outcome.evidence.map(({ code }) => code).slice(0, 2), [
      'releaseMirrored',
      'signatureVerified',
    ]);
    const release = await openRelease(store, outcome.digest!);
    assert.equal(release.digest, digest);
    assert.deepEqual(release.signatures.map(Buffer.from), [
      await readFile(join(fixtures, 'oc-4.5-release.signature-1')),
    ]);
    const source = (await openMirrorFolder(mirror)).repository('openshift/release');
    for (const { imageTag, digest } of release.components)
      assert.equal((await source.resolve(imageTag)).digest, digest);
    assert.equal(release.components.length, 109);
    assert.deepEqual(await Array.fromAsync(verifyBlobs(store)), []);
    // And out again: oc finds what it wrote itself, and the name that the release has with its architecture.
    const out = fresh();
    const to = await target(`oc:${out}`);
    await copySnapshot(store, { id: 'x', kind: 'release', finalUrl: url, digest: outcome.digest! }, [], {
      to,
      ...flags,
    });
    await to.close();
    const names = async (place: string) => (await readdir(place, { recursive: true })).sort();
    const added = 'v2/openshift/release/manifests/4.5.9-x86_64';
    assert.deepEqual(
      (await names(out)).filter((name) => name !== added),
      await names(mirror),
    );
  });

  test('keeps the name that is given, and a signature by no trusted key proves nothing', async () => {
    const { snapshots } = await takeIn(`oc:${mirror}`, {
      as: 'docker://quay.io/openshift-release-dev/ocp-release',
    });
    assert.equal(snapshots[0]!.url, 'docker://quay.io/openshift-release-dev/ocp-release:4.5.9-x86_64');
    assert.equal(snapshots[0]!.outcome.evidence[1]!.code, 'signatureByOwnKeyOnly');
  });

  test('is refused where a blob is damaged or the signature is about something else', async () => {
    const damaged = await unpack();
    const blobs = join(damaged, 'v2/openshift/release/blobs');
    const source = (await openMirrorFolder(damaged)).repository('openshift/release');
    const text = Buffer.from(await source.manifest(await source.resolve('4.5.9-etcd'))).toString();
    const { layers } = JSON.parse(text) as { layers: { digest: string; size: number }[] };
    await writeFile(join(blobs, layers.at(-1)!.digest), Buffer.alloc(layers.at(-1)!.size));
    await assert.rejects(takeIn(`oc:${damaged}`), (error) => hasCode(error, 'images.wrongBytes'));
    const tampered = await unpack();
    const config = join(tampered, 'config/signature-sha256-56bcb5a54aa39d25.yaml');
    const yaml = await readFile(config, 'utf8');
    await writeFile(
      config,
      yaml.replace(/(-1: )(.{400})/, (_, key, body) => key + body.slice(0, 300) + 'A'.repeat(100)),
    );
    const { snapshots } = await takeIn(`oc:${tampered}`, { trustedKeys: [signer] });
    assert.deepEqual(
      [snapshots[0]!.outcome.verdict, snapshots[0]!.outcome.evidence[1]!.code],
      ['failed', 'signatureInvalid'],
    );
  });

  test('goes straight to an archive, which becomes the same snapshot', async () => {
    const archive = fresh();
    const to = await target(`oci-archive:${archive}`);
    await using from = await folder(`oc:${mirror}`);
    const copied = await copyFolder(from, undefined, { to, ...flags });
    await to.close();
    assert.equal(copied.images.length, 110);
    const { store, snapshots } = await takeIn(`oci-archive:${archive}`);
    assert.equal((await openRelease(store, snapshots[0]!.outcome.digest!)).digest, digest);
  });
});

test('images of a layout need a name where they are no release, and one of several is chosen by its tag', async () => {
  const source = createMemorySource('registry.example.org/team/app');
  const image = await source.image({ tag: '1.0' });
  await source.image({ layers: [{ other: 'x' }], tag: '2.0' });
  const { store, capture } = memoryCapture([source]);
  const kept = await capture('docker://registry.example.org/team/app:1.0');
  const layout = fresh();
  const to = await target(`oci:${layout}`);
  const snapshot = { id: 'x', kind: 'image' as const, finalUrl: 'docker://…', digest: kept.digest! };
  await copySnapshot(store, snapshot, [], { to, tag: 'renamed', ...flags });
  await to.close();
  const nameless = await takeIn(`oci:${layout}`);
  assert.deepEqual([nameless.snapshots, nameless.unnamed], [[], [image.digest]]);
  const named = await takeIn(`oci:${layout}`, { as: 'docker://registry.lab/app' });
  assert.equal(named.snapshots[0]!.url, 'docker://registry.lab/app:renamed');
  const { roots } = await openImageSnapshot(named.store, named.snapshots[0]!.outcome.digest!);
  assert.deepEqual(
    roots.map(({ descriptor, imageTag, repository }) => [descriptor.digest, imageTag, repository]),
    [[image.digest, 'renamed', 'registry.lab/app']],
  );
  const empty = fresh();
  await (await target(`oci:${empty}`)).close();
  await assert.rejects(takeIn(`oci:${empty}`), (error) => hasCode(error, 'capture.noImages'));
});

test('a page goes as an artifact under the id of its snapshot, with what was made later', async () => {
  const store = new MemoryBlobStore();
  const page = await storePage(store, {});
  const later = await storePage(store, { config: { title: 'made later' } });
  const layout = fresh();
  const to = await target(`oci:${layout}`);
  const snapshot = { id: '01m8', kind: 'page' as const, finalUrl: 'https://example.org/', digest: page };
  await copySnapshot(store, snapshot, [later], { to, ...flags });
  await to.close();
  await using from = await folder(`oci:${layout}`);
  const [{ source }] = from.repositories as [(typeof from.repositories)[number]];
  assert.equal((await source.resolve('01m8')).digest, page);
  assert.equal((await source.resolve(later)).digest, later);
});

test('a release of a registry goes straight to a folder under the tags of oc, its image last', async () => {
  const { release, components, digests, digest } = await createMemoryRelease({
    etcd: { 'usr/bin/etcd': 'e' },
    cli: { 'usr/bin/oc': 'o' },
  });
  const { store } = memoryCapture([]);
  const sources = new Map([release, components].map((one) => [one.name, one]));
  const registry = {
    source: ({ host, repository }: { host: string; repository: string }) =>
      sources.get(`${host}/${repository}`)!,
    target: () => assert.fail('no registry is written to'),
  };
  const from = { store, registry, transport: memoryTransport(), plainHttp: false };
  const [host, ...path] = releaseRepository.split('/');
  const reference = { host: host!, repository: path.join('/'), tag: '4.5.9-x86_64' };
  const out = fresh();
  const to = await target(`oc:${out}`);
  const copied = await copyReference(from, reference, { to, ...flags });
  await to.close();
  assert.equal(copied.release?.digest, digest);
  const folder = (await openMirrorFolder(out)).repository('openshift/release');
  assert.deepEqual(await folder.tags(), ['4.5.9', '4.5.9-cli', '4.5.9-etcd', '4.5.9-x86_64']);
  assert.equal((await folder.resolve('4.5.9-etcd')).digest, digests.get('etcd'));
  const tagged = copyReference(from, reference, { to, tag: 'x', ...flags });
  await assert.rejects(tagged, (error) => hasCode(error, 'capture.taggedRelease'));
});
