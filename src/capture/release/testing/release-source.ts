import type { Digest } from '../../../kernel/index.ts';
import { createMemorySource, type LayerFiles, type MemorySource } from '../../image/testing/memory-source.ts';

export const releaseRepository = 'quay.io/openshift-release-dev/ocp-release';
export const componentRepository = 'quay.io/openshift-release-dev/ocp-v4.0-art-dev';

export interface MemoryRelease {
  readonly release: MemorySource;
  readonly components: MemorySource;
  readonly digest: Digest;
  /** By the name of the component. */
  readonly digests: ReadonlyMap<string, Digest>;
}

/** The text of an ImageStream that names images. */
export function imageReferences(
  version: string,
  images: Iterable<readonly [name: string, image: string]>,
): string {
  const tags = [...images].map(([name, image]) => ({ name, from: { kind: 'DockerImage', name: image } }));
  return JSON.stringify({ kind: 'ImageStream', metadata: { name: version }, spec: { tags } });
}

/** The ConfigMap by which a release tells who signs it. */
export function verificationConfigMap(
  publicKey: string,
  store = 'https://signatures.example.org/release',
): string {
  return [
    'apiVersion: v1',
    'kind: ConfigMap',
    'metadata:',
    '  name: release-verification',
    '  annotations:',
    '    release.openshift.io/verification-config-map: ""',
    'data:',
    `  store-test: ${store}`,
    '  verifier-public-key-test: |',
    ...publicKey.split('\n').map((line) => `    ${line}`),
    '',
  ].join('\n');
}

/** A release in memory: its image, and an image for each component with the files that are given. */
export async function createMemoryRelease(
  components: Readonly<Record<string, LayerFiles>>,
  {
    version = '4.5.9',
    payload = {},
    repository = componentRepository,
  }: { version?: string; payload?: LayerFiles; repository?: string } = {},
): Promise<MemoryRelease> {
  const art = createMemorySource(componentRepository);
  const digests = new Map<string, Digest>();
  for (const [name, files] of Object.entries(components)) {
    const layers = [{ 'etc/base': 'shared by all' }, files];
    digests.set(name, (await art.image({ layers, labels: { name } })).digest);
  }
  const release = createMemorySource(releaseRepository);
  const names = [...digests].map(([name, digest]) => [name, `${repository}@${digest}`] as const);
  const { digest } = await release.image({
    layers: [
      { 'etc/base': 'shared by all' },
      { 'release-manifests/image-references': imageReferences(version, names), ...payload },
    ],
    labels: { 'io.openshift.release': version },
    tag: `${version}-x86_64`,
  });
  return { release, components: art, digest, digests };
}
