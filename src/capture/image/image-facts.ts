import {
  formatPlatform,
  type IndexEntry,
  isDescriptor,
  type Manifest,
  type Platform,
  walkParts,
} from '../../images/index.ts';
import type { Descriptor, Digest } from '../../kernel/index.ts';
import type { BlobStore } from '../../store/index.ts';

/** What a config of an image says that a person may look for. */
export interface ImageConfig {
  readonly platform: Platform | undefined;
  readonly labels: Readonly<Record<string, string>>;
}

/** What an image is, measured over all parts that its roots reach. */
export interface ImageFacts {
  readonly manifests: number;
  readonly blobs: number;
  /** Of all parts, each once. */
  readonly sizeBytes: number;
  /** As `linux/amd64`, in the order in which they are named. */
  readonly platforms: readonly string[];
  /** The labels of its first image. */
  readonly labels: Readonly<Record<string, string>>;
}

const configTypes = new Set([
  'application/vnd.docker.container.image.v1+json',
  'application/vnd.oci.image.config.v1+json',
]);
const maxConfigBytes = 4 * 1024 * 1024;

/** Measures an image that the store holds; `image` names it in errors. */
export async function imageFacts(
  store: BlobStore,
  roots: readonly Descriptor[],
  image: string,
): Promise<ImageFacts> {
  let manifests = 0;
  let blobs = 0;
  let sizeBytes = 0;
  const platforms = new Set<string>();
  let labels: ImageFacts['labels'] | undefined;
  const reader = { bytes: (digest: Digest, maxBytes: number) => store.bytes(digest, maxBytes) };
  for await (const { descriptor, manifest } of walkParts(reader, roots, image)) {
    sizeBytes += descriptor.size;
    if (manifest) manifests++;
    else blobs++;
    if (!manifest?.config || !configTypes.has(manifest.config.mediaType)) continue;
    const config = await readImageConfig(store, manifest);
    if (config.platform) platforms.add(formatPlatform(config.platform));
    labels ??= config.labels;
  }
  return { manifests, blobs, sizeBytes, platforms: [...platforms], labels: labels ?? {} };
}

/** Reads what an image's config says (image-spec `config.md`); a config of another kind says nothing. */
export async function readImageConfig(store: BlobStore, manifest: Manifest): Promise<ImageConfig> {
  const nothing: ImageConfig = { platform: undefined, labels: {} };
  const { config } = manifest;
  if (!isDescriptor(config) || !configTypes.has(config.mediaType) || config.size > maxConfigBytes)
    return nothing;
  const bytes = await store.bytes(config.digest, maxConfigBytes);
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString());
  } catch {
    return nothing;
  }
  const { os, architecture, variant, config: run } = (value ?? {}) as Readonly<Record<string, unknown>>;
  const platform =
    typeof os === 'string' && typeof architecture === 'string'
      ? { os, architecture, ...(typeof variant === 'string' && { variant }) }
      : undefined;
  const { Labels: labels } = (run ?? {}) as { Labels?: unknown };
  return { platform, labels: stringsOf(labels) };
}

function stringsOf(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** The entry of an index that stands for the rest of them: that of linux/amd64, else the first image. */
export function mainEntry(entries: readonly IndexEntry[]): IndexEntry | undefined {
  const isMain = ({ platform }: IndexEntry) => platform?.os === 'linux' && platform.architecture === 'amd64';
  return entries.find(isMain) ?? entries[0];
}
