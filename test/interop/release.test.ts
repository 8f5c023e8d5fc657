import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import {
  connectTo,
  createEgressGuard,
  createImageCapture,
  extractProgram,
  openImageSnapshot,
  openRelease,
} from '../../src/capture/index.ts';
import { verificationConfigMap } from '../../src/capture/release/testing/release-source.ts';
import { statementOf } from '../../src/capture/release/testing/signer.ts';
import { createRegistry, noCredentials, walkParts } from '../../src/images/index.ts';
import { createPlainTransport } from '../../src/images/testing/plain-transport.ts';
import { scratchFolder } from '../../src/images/testing/scratch-folder.ts';
import type { HttpTransport } from '../../src/kernel/index.ts';
import { type BlobStore, createFsBlobStore } from '../../src/store/index.ts';
import { hasDockerRegistry, startDockerRegistry } from './support/docker-registry.ts';
import { componentNames, pushRelease, type SyntheticRelease } from './support/synthetic-release.ts';

const run = promisify(execFile);
const hasGpg = spawnSync('gpg', ['--version']).error === undefined;
const skip = !hasDockerRegistry ? 'docker-registry is not installed' : !hasGpg && 'gpg is not installed';

describe('a release of 110 images in docker-registry, signed by gpg', { skip }, () => {
  const signatures = new Map<string, Buffer>();
  const web = createServer((request, response) => {
    const found = signatures.get(request.url!);
    response.writeHead(found ? 200 : 404).end(found);
  });
  let scratch: Awaited<ReturnType<typeof scratchFolder>>;
  let registry: Awaited<ReturnType<typeof startDockerRegistry>>;
  let host: string;
  let publicKey: string;
  let release: SyntheticRelease;
  let store: BlobStore;
  const sent: string[] = [];

  before(async () => {
    scratch = await scratchFolder();
    registry = await startDockerRegistry();
    host = `127.0.0.1:${registry.port}`;
    store = await createFsBlobStore({ root: join(scratch.path, 'store') });
    web.listen(0, '127.0.0.1');
    await once(web, 'listening');
    const { port } = web.address() as { port: number };
    const home = join(scratch.path, 'gpg');
    await mkdir(home, { mode: 0o700 });
    const gpg = (...args: string[]) => run('gpg', ['--homedir', home, '--batch', '--yes', ...args]);
    await gpg(
      '--passphrase',
      '',
      '--quick-generate-key',
      'Test <test@example.com>',
      'rsa2048',
      'sign',
      'never',
    );
    publicKey = (await gpg('--armor', '--export')).stdout;
    const transport = createPlainTransport();
    const payload = {
      'release-manifests/0000_90_cluster-update-keys_configmap.yaml': verificationConfigMap(
        publicKey,
        `http://127.0.0.1:${port}/signatures`,
      ),
    };
    release = await pushRelease(createRegistry({ transport, plainHttp: true }), host, payload);
    transport.close();
    const statement = join(scratch.path, 'statement');
    await writeFile(statement, statementOf(release.digest));
    await gpg('--output', `${statement}.gpg`, '--sign', statement);
    const path = `/signatures/${release.digest.replace(':', '=')}/signature-1`;
    signatures.set(path, await readFile(`${statement}.gpg`));
    await run('gpgconf', ['--homedir', home, '--kill', 'all']);
  });
  after(async () => {
    web.close();
    await registry?.close();
    await scratch?.[Symbol.asyncDispose]();
  });

  function captureWith({ allow, trustedKeys }: { allow: string[]; trustedKeys: string[] }) {
    const guard = createEgressGuard({ policy: { allow, never: [] } });
    const transport = (options: { readonly ca?: string }): HttpTransport => {
      const guarded = guard.transport(options);
      return {
        send(request) {
          sent.push(`${request.method} ${request.url.pathname}`);
          return guarded.send(request);
        },
        close: () => guarded.close(),
      };
    };
    const connect = connectTo({ transport, credentials: async () => noCredentials });
    const engine = createImageCapture({
      store,
      connect,
      trustedKeys: async () => trustedKeys,
      software: 'Holdfast/0.0.0',
    });
    return engine.capture({
      url: `docker://${host}/openshift-release-dev/ocp-release:4.5.9-x86_64`,
      options: { plainHttp: true },
      signal: AbortSignal.timeout(60_000),
      onProgress: () => {},
    });
  }
  const capture = () => captureWith({ allow: ['127.0.0.0/8'], trustedKeys: [publicKey] });

  test('is mirrored with every digest equal, every image tag as oc names it, and its signature verified', async () => {
    const outcome = await capture();
    assert.equal(outcome.verdict, 'good', JSON.stringify(outcome.evidence));
    assert.equal(outcome.evidence[1]!.code, 'signatureVerified');
    const mirrored = await openRelease(store, outcome.digest!);
    assert.equal(mirrored.digest, release.digest);
    assert.deepEqual(mirrored.imageTags, ['4.5.9-x86_64', '4.5.9']);
    assert.equal(mirrored.signatures.length, 1);
    assert.deepEqual(
      new Map(mirrored.components.map(({ imageTag, digest }) => [imageTag, digest])),
      new Map(componentNames.map((name) => [`4.5.9-${name}`, release.digests.get(name)!])),
    );
    const { roots } = await openImageSnapshot(store, outcome.digest!);
    const descriptors = roots.map(({ descriptor }) => descriptor);
    for await (const { descriptor } of walkParts(store, descriptors, 'release'))
      await store.bytes(descriptor.digest);
  });

  test('costs no more than 2 requests for each image when nothing changed, and none for a blob', async () => {
    await capture();
    sent.length = 0;
    await capture();
    assert.ok(sent.length <= 2 * (componentNames.length + 1), `${sent.length} requests`);
    assert.deepEqual(
      sent.filter((one) => one.includes('/blobs/')),
      [],
    );
  });

  test('gives its installer, bound to it, with the registry away', async () => {
    const { digest } = await capture();
    const to = join(scratch.path, 'openshift-install');
    const mirror = { registry: 'registry.example.com:5000', repository: 'ocp4/openshift4' };
    sent.length = 0;
    const { pullspec } = await extractProgram({
      store,
      snapshot: digest!,
      program: 'openshift-install',
      to,
      mirror,
    });
    assert.deepEqual(sent, []);
    assert.equal((await run(to, ['version'])).stdout, 'synthetic version\n');
    assert.equal(pullspec, `registry.example.com:5000/ocp4/openshift4@${release.digest}`);
    assert.ok((await readFile(to)).includes(`${pullspec}\0`));
  });

  test('is refused where loopback may not be reached', async () => {
    const outcome = await captureWith({ allow: [], trustedKeys: [] });
    assert.deepEqual([outcome.verdict, outcome.digest], ['failed', null]);
    assert.equal(outcome.evidence[0]!.code, 'refusedAddress');
    assert.equal(outcome.evidence[0]!.details.reason, 'loopback');
  });
});
