import { type ImageManifest, maxManifestBytes, parseManifest, readManifest } from '../../images/index.ts';
import type { Digest } from '../../kernel/index.ts';
import type { BlobStore } from '../../store/index.ts';
import { captureErrors } from '../errors.ts';
import {
  fileArtifactType,
  type LayerRole,
  pageArtifactType,
  roleAnnotation,
  type SnapshotConfig,
  type SnapshotLayer,
} from './format.ts';
import { readImageIndex } from './image-index.ts';
import { type Bad, readConfig } from './read-config.ts';

export interface OpenSnapshot {
  readonly digest: Digest;
  readonly config: SnapshotConfig;
  readonly layers: readonly SnapshotLayer[];
}

const roles: ReadonlySet<string> = new Set<LayerRole>([
  'html',
  'screenshot',
  'thumbnail',
  'text',
  'page-text',
  'markdown',
  'article',
  'icon',
  'preview',
  'exchanges',
  'file',
]);

/** Reads and checks a snapshot's manifest and config; throws `store.notFound`, `images.malformedManifest` or `capture.badSnapshot`. An image or a release has no layers of its own. */
export async function openSnapshot(store: BlobStore, digest: Digest): Promise<OpenSnapshot> {
  const bytes = await store.bytes(digest, maxManifestBytes);
  const read = readManifest(bytes, undefined, 'snapshot');
  if (read.kind === 'index') {
    const { config } = await readImageIndex(store, digest, read);
    return { digest, config, layers: [] };
  }
  const manifest = parseManifest(bytes);
  const bad = (fault: string, cause?: unknown) =>
    captureErrors.badSnapshot({ snapshot: digest, fault }, { cause });
  if (manifest.artifactType !== pageArtifactType && manifest.artifactType !== fileArtifactType)
    throw bad(`its artifactType is "${String(manifest.artifactType).slice(0, 200)}", not that of a snapshot`);
  const layers = layersOf(manifest, bad);
  const config = await readConfig(store, manifest.config, bad);
  return { digest, config, layers };
}

function layersOf(manifest: ImageManifest, bad: Bad): SnapshotLayer[] {
  const seen = new Set<LayerRole>();
  return manifest.layers.map((descriptor, index) => {
    const role: unknown = descriptor.annotations?.[roleAnnotation];
    if (role === undefined) return { role: 'resource', descriptor };
    if (!isRole(role)) throw bad(`layers[${index}] has the unknown role "${String(role).slice(0, 200)}"`);
    if (seen.has(role)) throw bad(`layers[${index}] is a second "${role}"`);
    seen.add(role);
    return { role, descriptor };
  });
}

function isRole(value: unknown): value is LayerRole {
  return typeof value === 'string' && roles.has(value);
}
