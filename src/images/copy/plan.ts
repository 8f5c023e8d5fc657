import type { Descriptor, Digest } from '../../kernel/index.ts';
import { imagesErrors } from '../errors.ts';
import { bareDescriptor } from '../is-descriptor.ts';
import { manifestKindOf } from '../media-types.ts';
import { type Manifest, type Platform, readManifest } from '../read-manifest.ts';
import type { ImageSource, ImageTarget } from '../types.ts';
import { choosePlatforms } from './choose.ts';
import type { Limit } from './limit.ts';

/** A part of what is copied. */
export interface Part {
  readonly descriptor: Descriptor;
  /** What has to be there before it. */
  readonly needs: readonly Digest[];
  /** Of an index: the entries that are copied, and the others. */
  readonly chosen: readonly Descriptor[];
  readonly leftOut: readonly Descriptor[];
  /** True where the target holds it already, with all its parts unless they are in `needs`. */
  readonly isThere: boolean;
}

/** All parts that are reached, each once. */
export interface Plan {
  readonly parts: ReadonlyMap<Digest, Part>;
  /** Adds everything that is reached from a manifest. */
  add(root: Descriptor): Promise<void>;
  /** The bytes of a manifest of the plan. */
  bytes(descriptor: Descriptor): Promise<Uint8Array>;
}

export interface PlanOptions {
  readonly source: ImageSource;
  readonly target: ImageTarget;
  readonly platforms: readonly Platform[] | undefined;
  readonly limit: Limit;
  /** Hears of each manifest that was read. */
  readonly onManifest: () => void;
}

const maxDepth = 8;
/** Of an image with all that comes along. */
export const maxPartsInAll = 200_000;
/** The bytes of so many manifests are kept until they are written; what is beyond is read again. */
const keptBytes = 16 * 1024 * 1024;

export function createPlan({ source, target, platforms, limit, onManifest }: PlanOptions): Plan {
  const parts = new Map<Digest, Part>();
  const reached = new Map<Digest, Promise<void>>();
  const kept = new Map<Digest, Uint8Array>();
  let roomBytes = keptBytes;

  const set = (part: Part): void => {
    parts.set(part.descriptor.digest, part);
    if (parts.size > maxPartsInAll)
      throw imagesErrors.malformedManifest({
        image: source.name,
        fault: `it has over ${maxPartsInAll} parts`,
      });
  };
  const leaf = (descriptor: Descriptor, isThere = false): Part => {
    return { descriptor, needs: [], chosen: [], leftOut: [], isThere };
  };
  const keep = (digest: Digest, bytes: Uint8Array): void => {
    if (bytes.length > roomBytes) return;
    roomBytes -= bytes.length;
    kept.set(digest, bytes);
  };

  async function reach(descriptor: Descriptor, depth: number): Promise<void> {
    const { digest, mediaType } = descriptor;
    const kind = manifestKindOf(mediaType);
    if (kind === undefined) {
      if (!parts.has(digest)) set(leaf(bareDescriptor(descriptor)));
      return;
    }
    const image = `${source.name}@${digest}`;
    if (depth > maxDepth)
      throw imagesErrors.malformedManifest({ image, fault: `indexes are nested deeper than ${maxDepth}` });
    const read = await limit(() => readOne(descriptor, kind));
    onManifest();
    if (read === undefined) return set(leaf(bareDescriptor(descriptor), true));
    const { manifest, isThere } = read;
    const { chosen, leftOut } = choosePlatforms(manifest, platforms, image);
    const needed = [...(manifest.config ? [manifest.config] : []), ...manifest.layers, ...chosen].map(
      bareDescriptor,
    );
    set({
      descriptor: bareDescriptor(descriptor),
      needs: needed.map((each) => each.digest),
      chosen: chosen.map(bareDescriptor),
      leftOut: leftOut.map(bareDescriptor),
      isThere,
    });
    await Promise.all(needed.map((each) => once(each, depth + 1)));
  }

  /** Undefined where the target holds all of the image. */
  async function readOne(
    descriptor: Descriptor,
    kind: 'image' | 'index',
  ): Promise<{ manifest: Manifest; isThere: boolean } | undefined> {
    const { digest, mediaType } = descriptor;
    const held = await target.heldManifest?.(digest);
    if (!target.heldManifest && kind === 'image' && (await target.takes(descriptor))) return undefined;
    const bytes = held ?? (await source.manifest(descriptor));
    keep(digest, bytes);
    return {
      manifest: readManifest(bytes, mediaType, `${source.name}@${digest}`),
      isThere: held !== undefined,
    };
  }

  function once(descriptor: Descriptor, depth: number): Promise<void> {
    const known = reached.get(descriptor.digest);
    if (known) return known;
    const reaching = reach(descriptor, depth);
    reached.set(descriptor.digest, reaching);
    return reaching;
  }

  return {
    parts,
    add: (root) => once(root, 0),
    bytes: async (descriptor) => {
      const { digest } = descriptor;
      return kept.get(digest) ?? (await target.heldManifest?.(digest)) ?? source.manifest(descriptor);
    },
  };
}
