import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createMemorySource,
  type LayerFiles,
  type MemorySource,
} from '../../../src/capture/image/testing/memory-source.ts';
import { markers } from '../../../src/capture/release/extract/markers.ts';
import { imageReferences } from '../../../src/capture/release/testing/release-source.ts';
import { copyImages, type Registry } from '../../../src/images/index.ts';
import type { Digest } from '../../../src/kernel/index.ts';

/** The names of the components of OpenShift 4.5.9. */
export const componentNames = readFileSync(
  join(import.meta.dirname, '../fixtures/components-4.5.9.txt'),
  'utf8',
)
  .trim()
  .split('\n');

const program = Buffer.concat([
  Buffer.from('#!/bin/sh\necho "synthetic $*"\nexit 0\n'),
  markers.image.bytes,
  markers.version.bytes,
]);
const programs: Readonly<Record<string, LayerFiles>> = {
  installer: { 'usr/bin/openshift-install': program },
  cli: { 'usr/bin/oc': program },
};

export interface SyntheticRelease {
  readonly digest: Digest;
  /** By the name of the component. */
  readonly digests: ReadonlyMap<string, Digest>;
}

/**
 * Pushes a release of small images with the components of 4.5.9 to a registry, in the two repositories of OpenShift; its payload
 * says that they are at `named`.
 */
export async function pushRelease(
  registry: Registry,
  host: string,
  payload: LayerFiles,
  named = host,
): Promise<SyntheticRelease> {
  const art = 'openshift-release-dev/ocp-v4.0-art-dev';
  const components = createMemorySource('components');
  const digests = new Map<string, Digest>();
  for (const name of componentNames) {
    const layers = [{ 'etc/base': 'shared by all' }, programs[name] ?? { [`usr/bin/${name}`]: name }];
    digests.set(name, (await components.image({ layers, labels: { name } })).digest);
  }
  const release = createMemorySource('release');
  const references = imageReferences(
    '4.5.9',
    [...digests].map(([name, digest]) => [name, `${named}/${art}@${digest}`]),
  );
  const { digest } = await release.image({
    layers: [
      { 'etc/base': 'shared by all' },
      { 'release-manifests/image-references': references, ...payload },
    ],
    labels: { 'io.openshift.release': '4.5.9' },
  });
  await push(
    registry,
    host,
    art,
    components,
    [...digests.values()].map((one) => ({ reference: one })),
  );
  const tag = '4.5.9-x86_64';
  await push(registry, host, 'openshift-release-dev/ocp-release', release, [{ reference: digest, tag }]);
  return { digest, digests };
}

async function push(
  registry: Registry,
  host: string,
  repository: string,
  source: MemorySource,
  roots: readonly { reference: string; tag?: string }[],
): Promise<void> {
  await copyImages({ source, target: registry.target({ host, repository }), roots });
}
