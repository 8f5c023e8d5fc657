import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { digestOf, hasCode } from '../../kernel/index.ts';
import { memoryCapture, memoryTransport } from '../image/testing/memory-registry.ts';
import { createMemorySource } from '../image/testing/memory-source.ts';
import { openImageSnapshot } from '../snapshot/image-index.ts';
import { openRelease } from './release.ts';
import { publicSignatureStore } from './signature/fetch-signatures.ts';
import {
  componentRepository,
  createMemoryRelease,
  imageReferences,
  type MemoryRelease,
  releaseRepository,
  verificationConfigMap,
} from './testing/release-source.ts';
import { createSigner, type Signer, statementOf } from './testing/signer.ts';

const components = { etcd: { 'usr/bin/etcd': 'etcd' }, cli: { 'usr/bin/oc': 'oc' } };
const link = (version = '4.5.9') => `docker://${releaseRepository}:${version}-x86_64`;
const store = 'https://signatures.example.org/release';

let signer: Signer;
let signed: MemoryRelease;
before(async () => {
  signer = await createSigner({ date: new Date('2026-01-01') });
  const payload = {
    'release-manifests/0000_90_cluster-update-keys_configmap.yaml': verificationConfigMap(
      signer.publicKey,
      store,
    ),
  };
  signed = await createMemoryRelease(components, { payload });
});

const at = (base: string, number = 1) => `${base}/${signed.digest.replace(':', '=')}/signature-${number}`;
const signature = (digest = signed.digest) =>
  signer.sign(statementOf(digest), { date: new Date('2026-02-01') });
const codes = (outcome: { evidence: readonly { code: string }[] }) =>
  outcome.evidence.map(({ code }) => code);

test('a release is mirrored whole: every component by its digest, with the image tags of oc', async () => {
  const capture = memoryCapture([signed.release, signed.components]);
  const outcome = await capture.capture(link());
  assert.deepEqual(
    [outcome.kind, outcome.verdict, outcome.title],
    ['release', 'good', 'OpenShift 4.5.9 (x86_64)'],
  );
  assert.deepEqual(codes(outcome), ['releaseMirrored', 'signatureMissing', 'imageCopied']);
  assert.deepEqual(outcome.evidence[0]!.details, { version: '4.5.9', architecture: 'x86_64', components: 2 });
  const { roots } = await openImageSnapshot(capture.store, outcome.digest!);
  assert.deepEqual(
    roots.map(({ imageTag, descriptor, role }) => [imageTag, descriptor.digest, role]),
    [
      ['4.5.9-x86_64', signed.digest, 'release'],
      ['4.5.9', signed.digest, undefined],
      ['4.5.9-etcd', signed.digests.get('etcd'), undefined],
      ['4.5.9-cli', signed.digests.get('cli'), undefined],
    ],
  );
  const release = await openRelease(capture.store, outcome.digest!);
  assert.deepEqual(release.sources, [releaseRepository, componentRepository]);
  assert.deepEqual(
    release.components.map(({ name, repository }) => [name, repository]),
    [
      ['etcd', componentRepository],
      ['cli', componentRepository],
    ],
  );
  for (const word of ['OpenShift 4.5.9', '4.5.9-etcd']) assert.ok(outcome.searchText.includes(word), word);
});

test('from 4.7 the image tags have the architecture', async () => {
  const { release, components: art } = await createMemoryRelease(components, { version: '4.14.9' });
  const { store: held, capture } = memoryCapture([release, art]);
  const { roots } = await openImageSnapshot(held, (await capture(link('4.14.9'))).digest!);
  assert.deepEqual(
    roots.map(({ imageTag }) => imageTag),
    ['4.14.9-x86_64', '4.14.9-x86_64-etcd', '4.14.9-x86_64-cli'],
  );
});

test('a layer that all share is fetched once, and an unchanged release without a byte of its blobs', async () => {
  const { release, components: art } = await createMemoryRelease(components);
  const { capture } = memoryCapture([release, art]);
  const first = await capture(link());
  assert.deepEqual(
    [...art.reads.values()].filter((times) => times !== 1),
    [],
  );
  const shared = [...release.reads.keys()].filter((digest) => art.reads.has(digest));
  assert.deepEqual(shared, []);
  const before = art.reads.size;
  assert.equal((await capture(link())).digest, first.digest);
  assert.deepEqual([art.reads.size, ...new Set(art.reads.values())], [before, 1]);
});

test('components that lie beside a mirrored release are taken from there, and keep the name that the payload gives them', async () => {
  const { release, components: art } = await createMemoryRelease(components);
  const beside = { ...release, name: 'mirror.example.org/ocp4/openshift4' };
  for (const [digest, bytes] of art.parts) beside.parts.set(digest, bytes);
  beside.resolve = async (reference) => {
    const found = [...art.parts.keys()].includes(reference as never) ? art : release;
    return found.resolve(reference);
  };
  const { store: held, asked, capture } = memoryCapture([beside]);
  const outcome = await capture('docker://mirror.example.org/ocp4/openshift4:4.5.9-x86_64');
  assert.equal(outcome.verdict, 'good', JSON.stringify(outcome.evidence));
  assert.deepEqual([...new Set(asked)], ['mirror.example.org/ocp4/openshift4']);
  const { sources } = await openRelease(held, outcome.digest!);
  assert.deepEqual(sources, ['mirror.example.org/ocp4/openshift4', componentRepository]);
});

test('a signature with a trusted key is verified and kept; a key of the release alone proves nothing', async () => {
  const bytes = await signature();
  const transport = memoryTransport({ [at(store)]: bytes });
  const sources = [signed.release, signed.components];
  const trusted = memoryCapture(sources, { transport, trustedKeys: [signer.publicKey] });
  const outcome = await trusted.capture(link());
  assert.deepEqual(outcome.evidence[1], { code: 'signatureVerified', details: { key: signer.fingerprint } });
  const release = await openRelease(trusted.store, outcome.digest!);
  assert.deepEqual(
    release.signatures.map((one) => Buffer.from(one)),
    [Buffer.from(bytes)],
  );
  const other = await createSigner();
  for (const trustedKeys of [[], [other.publicKey]]) {
    const own = await memoryCapture(sources, { transport, trustedKeys }).capture(link());
    assert.deepEqual(own.evidence[1], {
      code: 'signatureByOwnKeyOnly',
      details: { key: signer.fingerprint },
    });
    assert.equal(own.verdict, 'good');
  }
});

test('stores are asked in order until one settles it: that of the user, of the release, and the public one', async () => {
  const own = 'https://mirror.example.org/signatures/';
  const asked = async (answers: Record<string, Uint8Array | Error>) => {
    const transport = memoryTransport(answers);
    const options = { transport, trustedKeys: [signer.publicKey], signatureStores: [own] };
    const outcome = await memoryCapture([signed.release, signed.components], options).capture(link());
    return { outcome, hosts: transport.asked.map((url) => new URL(url).host) };
  };
  const bytes = await signature();
  const first = await asked({ [at(own.slice(0, -1))]: bytes });
  assert.deepEqual(
    [codes(first.outcome)[1], first.hosts],
    ['signatureVerified', ['mirror.example.org', 'mirror.example.org']],
  );
  const bad = await signature(digestOf('another'));
  const last = await asked({
    [at(own.slice(0, -1))]: new Error('reset'),
    [at(store)]: bad,
    [at(publicSignatureStore)]: bad,
    [at(publicSignatureStore, 2)]: bytes,
  });
  assert.equal(codes(last.outcome)[1], 'signatureVerified');
  const none = await asked({ [at(own.slice(0, -1))]: new Error('reset') });
  assert.deepEqual(none.outcome.evidence[1], {
    code: 'signatureMissing',
    details: {
      stores:
        'mirror.example.org/signatures/ (reset); signatures.example.org/release; mirror.openshift.com/pub/openshift-v4/signatures/openshift/release',
    },
  });
});

test('a release whose signatures do not hold is kept as failed, with the reason and without them', async () => {
  const transport = memoryTransport({ [at(store)]: await signature(digestOf('another')) });
  const { store: held, capture } = memoryCapture([signed.release, signed.components], { transport });
  const outcome = await capture(link());
  assert.deepEqual([outcome.verdict, codes(outcome)[1]], ['failed', 'signatureInvalid']);
  assert.match(String(outcome.evidence[1]!.details.reason), /another image/);
  assert.deepEqual((await openRelease(held, outcome.digest!)).signatures, []);
});

test('an image with the label and no payload is an image; one with a broken payload is refused', async () => {
  const labels = { 'io.openshift.release': '4.5.9' };
  const plain = createMemorySource(releaseRepository);
  await plain.image({ labels, tag: '4.5.9-x86_64' });
  assert.equal((await memoryCapture([plain]).capture(link())).kind, 'image');
  const payloads = [
    'no JSON',
    imageReferences('4.5.9', [['a/b', `${componentRepository}@${digestOf('x')}`]]),
    imageReferences('4.5.9', [['etcd', 'file:///etc/passwd']]),
    Buffer.alloc(100 * 1024 * 1024),
  ];
  for (const payload of payloads) {
    const broken = createMemorySource(releaseRepository);
    await broken.image({
      labels,
      layers: [{ 'release-manifests/image-references': payload }],
      tag: '4.5.9-x86_64',
    });
    const outcome = await memoryCapture([broken]).capture(link());
    assert.deepEqual(
      [outcome.verdict, codes(outcome), outcome.digest],
      ['failed', ['releaseMalformed'], null],
    );
  }
});

test('a payload that names a place which may not be asked ends in that reason', async () => {
  const repository = 'localhost:5000/internal';
  const { release } = await createMemoryRelease(components, { repository });
  const { asked, capture } = memoryCapture([release]);
  const outcome = await capture(link());
  assert.deepEqual([outcome.verdict, outcome.digest], ['failed', null]);
  assert.ok(asked.includes(repository));
});

test('only a snapshot of a release is opened as one', async () => {
  const source = createMemorySource('registry.example.org/app');
  await source.image({ tag: 'latest' });
  const { store: held, capture } = memoryCapture([source]);
  const { digest } = await capture('docker://registry.example.org/app');
  await assert.rejects(openRelease(held, digest!), (error) => hasCode(error, 'capture.notARelease'));
});
