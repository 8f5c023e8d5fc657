import {
  formatPlatform,
  type IndexEntry,
  isDescriptor,
  type Manifest,
  type Platform,
  readFacts,
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
    const facts = manifest?.config && (await readFacts(store, manifest.config));
    if (facts?.platform) platforms.add(formatPlatform(facts.platform));
    labels ??= facts?.labels;
  }
  return { manifests, blobs, sizeBytes, platforms: [...platforms], labels: labels ?? {} };
}

/** Reads what an image's config says (image-spec `config.md`); a config of another kind says nothing. */
export async function readImageConfig(store: BlobStore, { config }: Manifest): Promise<ImageConfig> {
  const facts = config && isDescriptor(config) ? await readFacts(store, config) : undefined;
  return { platform: facts?.platform, labels: facts?.labels ?? {} };
}

/** The entry of an index that stands for the rest of them: that of linux/amd64, else the first image. */
export function mainEntry(entries: readonly IndexEntry[]): IndexEntry | undefined {
  const isMain = ({ platform }: IndexEntry) => platform?.os === 'linux' && platform.architecture === 'amd64';
  return entries.find(isMain) ?? entries[0];
}
