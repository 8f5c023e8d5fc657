import { type Descriptor, type Digest, hasCode, isDigest } from '../../kernel/index.ts';
import type { BlobStore } from '../../store/index.ts';
import { imagesErrors } from '../errors.ts';
import { maxManifestBytes } from '../manifest.ts';
import { readManifest } from '../read-manifest.ts';
import type { ImageSource } from '../types.ts';

export interface StoreSourceOptions {
  readonly store: BlobStore;
  /** As people know it, for example the link that the images were kept from. */
  readonly name: string;
  /** What each image tag stands for. */
  readonly tags: ReadonlyMap<string, Descriptor>;
  /** What belongs to a manifest (signatures and the like); nothing where it is absent. */
  readonly referrers?: (subject: Digest) => readonly Descriptor[];
}

/** Images that the store holds, as one repository. Every manifest and blob of the store can be read by its digest. */
export function createStoreSource(options: StoreSourceOptions): ImageSource {
  const { store, name, tags, referrers = () => [] } = options;
  const held = async <T>(digest: Digest, read: () => Promise<T>, missing: () => Error): Promise<T> => {
    try {
      return await read();
    } catch (error) {
      throw hasCode(error, 'store.notFound') && error.details.digest === digest ? missing() : error;
    }
  };
  return {
    name,
    async resolve(reference) {
      const notFound = () => imagesErrors.notFound({ image: reference, place: name });
      if (isDigest(reference)) {
        const bytes = await held(reference, () => store.bytes(reference, maxManifestBytes), notFound);
        const { mediaType } = readManifest(bytes, undefined, `${name}@${reference}`);
        return { mediaType, digest: reference, size: bytes.length };
      }
      const found = tags.get(reference);
      if (!found) throw notFound();
      return found;
    },
    manifest: ({ digest }) =>
      held(
        digest,
        () => store.bytes(digest, maxManifestBytes),
        () => imagesErrors.partGone({ digest, place: name }),
      ),
    blob: ({ digest }, start = 0) =>
      held(
        digest,
        () => store.read(digest, { start }),
        () => imagesErrors.partGone({ digest, place: name }),
      ),
    tags: async () => [...tags.keys()].sort(),
    referrers: async (subject) => referrers(subject),
  };
}
