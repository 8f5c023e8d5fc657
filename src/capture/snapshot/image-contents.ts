import {
  type ConfigFacts,
  describeImage,
  type ImageDescription,
  type PlatformImage,
  readFacts,
} from '../../images/index.ts';
import type { Digest } from '../../kernel/index.ts';
import type { BlobStore } from '../../store/index.ts';
import { openImageSnapshot } from './image-index.ts';
import type { ImageRoot } from './image-root.ts';

/** - component: an image that a release names · artifact: something about an image, such as a signature of cosign. */
export type ContentsRole = 'image' | 'release' | 'component' | 'signature' | 'artifact';

/** A root of a snapshot with all its image tags. */
export interface ContentsRoot extends ImageDescription {
  readonly role: ContentsRole;
  /** What the release calls it, `etcd`; empty for every other role. */
  readonly component: string;
  readonly imageTags: readonly string[];
  readonly repository: string;
}

/** One manifest in detail. */
export interface ContentsImage {
  readonly image: PlatformImage;
  readonly facts: ConfigFacts | undefined;
  /** For each layer, in order: how many images of the snapshot hold it. */
  readonly layerUses: readonly number[];
}

/** What the snapshot of an image or a release holds. */
export interface ImageContents {
  readonly kind: 'image' | 'release';
  readonly roots: readonly ContentsRoot[];
  /** The roots beyond those that are listed. */
  readonly omitted: number;
  /** What the roots would take if each were kept alone, and what they take together; bytes. */
  readonly totalBytes: number;
  readonly uniqueBytes: number;
  /** A manifest that a root stands for; undefined for every other digest. */
  image(digest: Digest): Promise<ContentsImage | undefined>;
}

/** More roots than any release has. */
const maxRoots = 1_000;
const atOnce = 8;

/** Reads what a snapshot's roots stand for; throws what `openImageSnapshot` and `describeImage` throw. */
export async function openImageContents(store: BlobStore, snapshot: Digest): Promise<ImageContents> {
  const { kind, roots: entries } = await openImageSnapshot(store, snapshot);
  const grouped = groupByDigest(entries);
  const shown = grouped.slice(0, maxRoots);
  const described: ImageDescription[] = [];
  for (let at = 0; at < shown.length; at += atOnce)
    described.push(
      ...(await Promise.all(
        shown.slice(at, at + atOnce).map(([{ descriptor }]) => describeImage(store, descriptor)),
      )),
    );
  const ofRelease = shown.find(([{ role }]) => role === 'release')?.flatMap(({ imageTag }) => imageTag ?? []);
  const roots = described.map((description, at): ContentsRoot => {
    const group = shown[at]!;
    const imageTags = group.flatMap(({ imageTag }) => imageTag ?? []);
    const component = componentName(imageTags, ofRelease ?? []);
    const role = group[0].role ?? (component ? 'component' : roleOf(description));
    return { ...description, role, component, imageTags, repository: group[0].repository };
  });
  const images = new Map(
    roots.flatMap((root) => root.images).map((image) => [image.descriptor.digest, image]),
  );
  const uses = new Map<Digest, number>();
  for (const { layers } of images.values())
    for (const digest of new Set(layers.map((layer) => layer.digest)))
      uses.set(digest, (uses.get(digest) ?? 0) + 1);
  const unique = new Map(roots.flatMap((root) => [...root.parts]));
  return {
    kind,
    roots,
    omitted: grouped.length - shown.length,
    totalBytes: roots.reduce((sum, { parts }) => sum + sumOf(parts), 0),
    uniqueBytes: sumOf(unique),
    async image(digest) {
      const image = images.get(digest);
      if (!image) return undefined;
      return {
        image,
        facts: image.config && (await readFacts(store, image.config)),
        layerUses: image.layers.map((layer) => uses.get(layer.digest) ?? 0),
      };
    },
  };
}

const sumOf = (sizes: ReadonlyMap<Digest, number>) =>
  [...sizes.values()].reduce((sum, size) => sum + size, 0);

/** The entries of one digest in one repository belong together: they are its image tags. */
function groupByDigest(entries: readonly ImageRoot[]): [ImageRoot, ...ImageRoot[]][] {
  const groups = new Map<string, [ImageRoot, ...ImageRoot[]]>();
  for (const entry of entries) {
    const key = `${entry.descriptor.digest} ${entry.repository}`;
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  return [...groups.values()];
}

/** `etcd` for the image tag `4.5.9-etcd` beside the release's `4.5.9`; empty where no image tag is of that form. */
function componentName(imageTags: readonly string[], ofRelease: readonly string[]): string {
  const longestFirst = ofRelease.toSorted((a, b) => b.length - a.length);
  for (const tag of imageTags) {
    const of = longestFirst.find((one) => tag.startsWith(`${one}-`));
    if (of !== undefined && !ofRelease.includes(tag)) return tag.slice(of.length + 1);
  }
  return '';
}

const roleOf = ({ images }: ImageDescription): ContentsRole =>
  images.some(({ platform }) => platform) ? 'image' : 'artifact';
