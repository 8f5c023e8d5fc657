import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyImages, createRegistry, createStoreSource, manifestMediaType } from '../../src/images/index.ts';
import { createPlainTransport } from '../../src/images/testing/plain-transport.ts';
import { type Descriptor, digestOf } from '../../src/kernel/index.ts';
import { createFsBlobStore } from '../../src/store/index.ts';
import { startDockerRegistry } from '../../test/interop/support/docker-registry.ts';
import { median } from '../lib/statistics.ts';

export interface MirrorFigures {
  readonly sizeBytes: number;
  /** From the first request to the last sync, in a process that was started for it; seconds, the median of the rounds. */
  readonly holdfastSeconds: number;
  /** Of whole processes. */
  readonly skopeoCopySeconds: number;
  readonly skopeoSyncSeconds: number;
  /** Processor time of the same, seconds. */
  readonly holdfastCpuSeconds: number;
  readonly skopeoCopyCpuSeconds: number;
  readonly skopeoSyncCpuSeconds: number;
  readonly peakBytes: number;
  /** Requests for the image when it was mirrored again, with all that refers to it. */
  readonly againRequests: number;
}

const blobs = 8;
const warmBytes = 4 * 2 ** 20;

/** Mirrors an image of 8 incompressible blobs from docker-registry on loopback, with Holdfast and with skopeo, in turn. */
export async function measureMirror(
  sizeBytes: number,
  rounds: number,
  onStep: (line: string) => void,
): Promise<MirrorFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-mirror-'));
  const registry = await startDockerRegistry();
  const host = `127.0.0.1:${registry.port}`;
  try {
    onStep(`filling docker-registry with ${blobs} blobs`);
    await fill(host, 'bench/image', join(folder, 'seed'), Math.round(sizeBytes / blobs));
    await fill(host, 'bench/image-warm', join(folder, 'seed'), warmBytes);
    rmSync(join(folder, 'seed'), { recursive: true });
    const ours: Run[] = [];
    const copied: Run[] = [];
    const synced: Run[] = [];
    let peakBytes = 0;
    let againRequests = 0;
    for (let round = 0; round < rounds; round++) {
      onStep(`round ${round + 1} of ${rounds}`);
      const to = (name: string) => join(folder, `${name}-${round}`);
      const worker = join(import.meta.dirname, 'mirror-worker.ts');
      const { output } = timed(process.execPath, ['--no-warnings', worker, host, 'bench/image', to('store')]);
      const run = JSON.parse(output) as Run & { peakBytes: number; againRequests: number };
      peakBytes = Math.max(peakBytes, run.peakBytes);
      againRequests = Math.max(againRequests, run.againRequests);
      ours.push(run);
      const image = `${host}/bench/image:bench`;
      const skopeo = (...args: string[]) => timed('skopeo', [...args, '--src-tls-verify=false']);
      copied.push(skopeo('copy', '-q', `docker://${image}`, `dir:${to('copy')}`));
      synced.push(skopeo('sync', '--src', 'docker', '--dest', 'dir', image, to('sync')));
      for (const name of ['store', 'copy', 'sync']) rmSync(to(name), { recursive: true });
    }
    return {
      sizeBytes,
      holdfastSeconds: median(ours.map(({ seconds }) => seconds)),
      skopeoCopySeconds: median(copied.map(({ seconds }) => seconds)),
      skopeoSyncSeconds: median(synced.map(({ seconds }) => seconds)),
      holdfastCpuSeconds: median(ours.map(({ cpuSeconds }) => cpuSeconds)),
      skopeoCopyCpuSeconds: median(copied.map(({ cpuSeconds }) => cpuSeconds)),
      skopeoSyncCpuSeconds: median(synced.map(({ cpuSeconds }) => cpuSeconds)),
      peakBytes,
      againRequests,
    };
  } finally {
    await registry.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Run {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

function timed(command: string, args: readonly string[]): Run & { output: string } {
  // The shell waits for the command alone, so that its `times` are the command's.
  const script = '"$@" || exit; times >&2';
  const startedAt = performance.now();
  const { status, stdout, stderr } = spawnSync('sh', ['-c', script, 'sh', command, ...args], {
    encoding: 'utf8',
  });
  const seconds = (performance.now() - startedAt) / 1000;
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
  const [user = 0, system = 0] = [
    ...(stderr.trim().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g),
  ].map(([, minutes, rest]) => Number(minutes) * 60 + Number(rest));
  return { seconds, cpuSeconds: user + system, output: stdout };
}

async function fill(host: string, repository: string, root: string, blobBytes: number): Promise<void> {
  const store = await createFsBlobStore({ root });
  const put = async (bytes: Uint8Array, mediaType: string): Promise<Descriptor> => {
    await store.put(bytes);
    return { mediaType, digest: digestOf(bytes), size: bytes.length };
  };
  const config = await put(
    Buffer.from(
      JSON.stringify({ os: 'linux', architecture: 'amd64', rootfs: { type: 'layers', diff_ids: [] } }),
    ),
    'application/vnd.oci.image.config.v1+json',
  );
  const layers: Descriptor[] = [];
  for (let i = 0; i < blobs; i++)
    layers.push(await put(randomBytes(blobBytes), 'application/vnd.oci.image.layer.v1.tar+gzip'));
  const fields = { schemaVersion: 2, mediaType: manifestMediaType, config, layers };
  const manifest = await put(Buffer.from(JSON.stringify(fields)), manifestMediaType);
  const transport = createPlainTransport();
  await copyImages({
    source: createStoreSource({ store, name: 'seed', tags: new Map([['bench', manifest]]) }),
    target: createRegistry({ transport, plainHttp: true }).target({ host, repository }),
    roots: [{ reference: 'bench', tag: 'bench' }],
  });
  transport.close();
  // The seed's pages must not compete with those of the rounds for the disk.
  execFileSync('sync');
}
