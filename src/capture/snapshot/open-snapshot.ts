import { type ImageManifest, maxManifestBytes, parseManifest } from '../../images/index.ts';
import type { Descriptor, Digest } from '../../kernel/index.ts';
import type { BlobStore } from '../../store/index.ts';
import { captureErrors } from '../errors.ts';
import {
  configMediaType,
  fileArtifactType,
  type LayerRole,
  pageArtifactType,
  roleAnnotation,
  type SnapshotConfig,
  type SnapshotLayer,
} from './format.ts';
import { configSchema, faultOf } from './schema.ts';

/** The largest config that is read: it carries a line for each request. */
export const maxConfigBytes = 64 * 1024 * 1024;

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

/** Reads and checks a snapshot's manifest and config; throws `store.notFound`, `images.malformedManifest` or `capture.badSnapshot`. */
export async function openSnapshot(store: BlobStore, digest: Digest): Promise<OpenSnapshot> {
  const manifest = parseManifest(await store.bytes(digest, maxManifestBytes));
  const bad = (fault: string, cause?: unknown) =>
    captureErrors.badSnapshot({ snapshot: digest, fault }, { cause });
  if (manifest.artifactType !== pageArtifactType && manifest.artifactType !== fileArtifactType)
    throw bad(`its artifactType is "${String(manifest.artifactType).slice(0, 200)}", not that of a snapshot`);
  const layers = layersOf(manifest, bad);
  const config = await readConfig(store, manifest.config, bad);
  return { digest, config, layers };
}

type Bad = (fault: string, cause?: unknown) => Error;

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

async function readConfig(store: BlobStore, descriptor: Descriptor, bad: Bad): Promise<SnapshotConfig> {
  if (descriptor.mediaType !== configMediaType)
    throw bad(`its config is "${descriptor.mediaType.slice(0, 200)}", not "${configMediaType}"`);
  const bytes = await store.bytes(descriptor.digest, maxConfigBytes);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw bad('its config is not JSON', cause);
  }
  const parsed = configSchema.safeParse(value);
  if (!parsed.success) throw bad(`its config: ${faultOf(parsed.error)}`);
  return parsed.data;
}
