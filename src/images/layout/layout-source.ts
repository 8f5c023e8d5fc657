import { type Descriptor, type Digest, isDigest } from '../../kernel/index.ts';
import { imagesErrors } from '../errors.ts';
import { blobFile, type ImageFiles, manifestFile } from '../folder/image-files.ts';
import { once } from '../folder/once.ts';
import { referrersOf } from '../folder/referrers.ts';
import { walkHeld } from '../folder/walk-held.ts';
import type { IndexEntry } from '../read-manifest.ts';
import { readManifest } from '../read-manifest.ts';
import type { ImageSource } from '../types.ts';
import { ImageNames } from './image-names.ts';
import { blobPath } from './paths.ts';
import { readLayoutIndex, refName, withCleanAnnotations } from './read-index.ts';
import { isWrapper } from './wrapper.ts';

/** The images of an OCI image layout. */
export interface LayoutSource extends ImageSource, AsyncDisposable {
  /** What index.json lists, in its order and with its annotations: also what has no name, but no wrappers of ours. */
  roots(): Promise<readonly IndexEntry[]>;
  close(): Promise<void>;
}

const maxNested = 100_000;

/**
 * Reads an image layout from files (image-spec `image-layout.md`). Image tags come from index.json, and from indexes in it
 * for names that stand only there. Throws `images.badLayout`.
 */
export async function createLayoutSource(files: ImageFiles): Promise<LayoutSource> {
  const { place } = files;
  const entries = (await readLayoutIndex(files)).entries.filter((entry) => !isWrapper(entry));
  const bytesOf = (digest: Digest) => manifestFile(files, digest, [blobPath(digest)]);
  const names = new ImageNames(entries);
  const allNames = once(async () => new ImageNames([...entries, ...(await nestedNames())]));
  const referrers = once(() => referrersOf(walkHeld(entries, place, ({ digest }) => bytesOf(digest))));

  async function nestedNames(): Promise<readonly IndexEntry[]> {
    const top = new Set(['', ...entries.flatMap(({ annotations }) => annotations?.[refName] ?? [])]);
    const nested: IndexEntry[] = [];
    // A damaged index is named where it is read; what the others name is there all the same.
    const readSound = ({ digest }: Descriptor) => bytesOf(digest).catch(() => undefined);
    for await (const { manifest } of walkHeld(entries, place, readSound)) {
      const named = manifest.manifests.map(withCleanAnnotations);
      nested.push(...named.filter(({ annotations }) => !top.has(annotations?.[refName] ?? '')));
      if (nested.length > maxNested)
        throw imagesErrors.badLayout({ place, fault: `it has more than ${maxNested} nested names` });
    }
    return nested;
  }

  async function byName(name: string): Promise<readonly Descriptor[]> {
    const found = names.find(name);
    return found.length > 0 ? found : (await allNames()).find(name);
  }

  async function byDigest(digest: Digest): Promise<Descriptor | undefined> {
    const entry = entries.find((each) => each.digest === digest);
    if (entry) return entry;
    const bytes = await bytesOf(digest);
    if (bytes === undefined) return undefined;
    return {
      mediaType: readManifest(bytes, undefined, `${place} ${digest}`).mediaType,
      digest,
      size: bytes.length,
    };
  }

  const close = () => files.close();
  return {
    name: place,
    roots: async () => entries,
    async resolve(reference) {
      const found = isDigest(reference) ? [await byDigest(reference)] : await byName(reference);
      if (found.length > 1)
        throw imagesErrors.ambiguousImageTag({ tag: reference, count: found.length, place });
      if (!found[0]) throw imagesErrors.notFound({ image: reference.slice(0, 300), place });
      return found[0];
    },
    async manifest({ digest }) {
      const bytes = await bytesOf(digest);
      if (bytes === undefined) throw imagesErrors.partGone({ digest, place });
      return bytes;
    },
    blob: (descriptor, start = 0) => blobFile(files, descriptor, [blobPath(descriptor.digest)], start),
    tags: async () => (await allNames()).tags(),
    async referrers(subject) {
      const listed = (await referrers()).get(subject) ?? [];
      const byTag = names.find(subject.replace(':', '-'));
      if (!byTag[0]) return listed;
      const bytes = await bytesOf(byTag[0].digest);
      const tagged = bytes ? readManifest(bytes, byTag[0].mediaType, place).manifests : [];
      return [...listed, ...tagged.filter(({ digest }) => listed.every((each) => each.digest !== digest))];
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
