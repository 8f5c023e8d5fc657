import { type Descriptor, type Digest, digestOf, isDigest } from '../../kernel/index.ts';
import { imagesErrors } from '../errors.ts';
import type { FolderFiles } from '../folder/folder-files.ts';
import { blobFile, manifestFile, smallFile } from '../folder/image-files.ts';
import { once } from '../folder/once.ts';
import { referrersOf } from '../folder/referrers.ts';
import { walkHeld } from '../folder/walk-held.ts';
import { maxManifestBytes } from '../manifest.ts';
import { readManifest } from '../read-manifest.ts';
import { isImageTag } from '../reference.ts';
import type { ImageSource } from '../types.ts';
import { repositoryPaths } from './paths.ts';

/**
 * One repository of a mirror folder. An image tag may be a link to its manifest, a file that holds the manifest (links
 * followed away), or a file that holds the digest (links written out as text).
 */
export function createMirrorSource(files: FolderFiles, repository: string): ImageSource {
  const name = `${files.place} ${repository}`;
  const paths = repositoryPaths(repository);
  const listed = async () => (await files.list(paths.manifests)).map((entry) => entry.name);
  const bytesOf = (digest: Digest) =>
    manifestFile(files, digest, [paths.manifest(digest), paths.blob(digest)]);

  async function find(digest: Digest): Promise<Descriptor | undefined> {
    const bytes = await bytesOf(digest);
    if (!bytes) return undefined;
    const { mediaType } = readManifest(bytes, undefined, `${name}@${digest}`);
    return { mediaType, digest, size: bytes.length };
  }

  async function digestOfTag(tag: string): Promise<Digest | undefined> {
    // A link says what it means, a copy of a damaged manifest does not.
    const linked = await files.linkOf(paths.manifest(tag));
    if (isDigest(linked)) return linked;
    const bytes = await smallFile(files, paths.manifest(tag), maxManifestBytes, (fault) =>
      imagesErrors.malformedManifest({ image: `${name}:${tag}`, fault }),
    );
    if (!bytes) return undefined;
    const text = bytes.length < 200 ? Buffer.from(bytes).toString().trim() : '';
    return isDigest(text) ? text : digestOf(bytes);
  }

  const referrers = once(async () => {
    const digests = (await listed()).filter(isDigest);
    const roots = await Promise.all(digests.map(find));
    return referrersOf(
      walkHeld(
        roots.filter((root) => root !== undefined),
        name,
        ({ digest }) => bytesOf(digest),
      ),
    );
  });

  return {
    name,
    async resolve(reference) {
      const isTag = isImageTag(reference);
      const digest = isDigest(reference) ? reference : isTag ? await digestOfTag(reference) : undefined;
      const found = digest && (await find(digest));
      if (found) return found;
      if (isTag && digest) throw imagesErrors.partGone({ digest, place: name });
      throw imagesErrors.notFound({ image: reference.slice(0, 300), place: name });
    },
    async manifest({ digest }) {
      const bytes = await bytesOf(digest);
      if (!bytes) throw imagesErrors.partGone({ digest, place: name });
      return bytes;
    },
    blob: (descriptor, start = 0) => blobFile(files, descriptor, [paths.blob(descriptor.digest)], start),
    tags: async () => (await listed()).filter(isImageTag).sort(),
    referrers: async (subject) => (await referrers()).get(subject) ?? [],
  };
}
