import { resolve } from 'node:path';
import { type Digest, isDigest, parseDigest } from '../../kernel/index.ts';
import { imagesErrors } from '../errors.ts';
import { folderFiles } from '../folder/folder-files.ts';
import { FolderWriter } from '../folder/folder-writer.ts';
import { manifestFile } from '../folder/image-files.ts';
import { openBytes } from '../folder/open-bytes.ts';
import { manifestKindOf } from '../media-types.ts';
import { readManifest } from '../read-manifest.ts';
import { isImageTag, isRepository } from '../reference.ts';
import type { ImageTarget } from '../types.ts';
import { assertFits } from './file-system.ts';
import { configFolder, repositoryPaths } from './paths.ts';
import { signatureFileName, writeSignatureFile } from './signature-file.ts';

/** A mirror folder being written; what it holds already stays. */
export interface MirrorFolderTarget {
  readonly place: string;
  /** Opens one of its repositories for writing; throws `images.notFound` for what is no repository's path. */
  repository(path: string): Promise<ImageTarget>;
  /** Writes the ConfigMap with the signatures of a release image. */
  putSignatures(digest: Digest, signatures: readonly Uint8Array[]): Promise<void>;
  /** Gives what was put last its name, and makes all names last through a power cut; nothing is sure to be there before. */
  close(): Promise<void>;
}

/**
 * Opens a folder for writing as `oc adm release mirror --to-dir` writes it, so that `oc image mirror --from-dir` takes it: blobs
 * 0600, manifests a second name of their blob, image tags relative links. Throws `images.unfitFileSystem` where the file system
 * cannot hold it, `images.placeFailed` and `.placeFull`.
 */
export async function createMirrorFolder(path: string): Promise<MirrorFolderTarget> {
  const place = resolve(path);
  const root = new FolderWriter(place, '.tmp-', 0o600);
  await root.makeFolder('.');
  await root.sweep();
  await assertFits(place);
  await root.makeFolder('v2');
  const writers = [root];
  return {
    place,
    async repository(name) {
      if (!isRepository(name)) throw imagesErrors.notFound({ image: name.slice(0, 300), place });
      // As oc names what it is writing; it passes over such names when it reads.
      const writer = new FolderWriter(place, `${repositoryPaths(name).blobs}/.tmp-`, 0o600);
      writers.push(writer);
      return createMirrorTarget(writer, name);
    },
    async putSignatures(digest, signatures) {
      await root.makeFolder(configFolder, 0o750);
      const bytes = writeSignatureFile(parseDigest(digest), signatures);
      await root.putFile(`${configFolder}/${signatureFileName(digest)}`, bytes, 0o640);
    },
    async close() {
      for (const writer of writers) await writer.sync();
    },
  };
}

async function createMirrorTarget(writer: FolderWriter, repository: string): Promise<ImageTarget> {
  const paths = repositoryPaths(repository);
  await writer.makeFolder(paths.blobs);
  await writer.makeFolder(paths.manifests);
  await writer.sweep();
  const files = await folderFiles(writer.root);
  const name = `${writer.root} ${repository}`;
  const held = (digest: Digest) =>
    manifestFile(files, digest, [paths.manifest(digest)]).catch(() => undefined);
  /** Manifests and image tags of this writer: their files come with the next flush. */
  const put = new Set<Digest>();
  const tagged = new Map<string, Digest>();
  return {
    name,
    async takes({ mediaType, digest, size }) {
      if (manifestKindOf(mediaType) === undefined) return (await writer.sizeOf(paths.blob(digest))) === size;
      return put.has(digest) || (await writer.sizeOf(paths.manifest(digest))) === size;
    },
    heldManifest: held,
    async tagged(tag) {
      if (tagged.has(tag)) return tagged.get(tag);
      const linked = isImageTag(tag) ? await files.linkOf(paths.manifest(tag)) : undefined;
      return isDigest(linked) ? linked : undefined;
    },
    putBlob: (descriptor, open) => writer.putBlob(paths.blob(descriptor.digest), descriptor, open),
    async putManifest(descriptor, bytes, tag) {
      const { digest, mediaType } = descriptor;
      readManifest(bytes, mediaType, `${name} ${tag ?? digest}`);
      if (tag !== undefined && !isImageTag(tag))
        throw imagesErrors.notFound({ image: tag.slice(0, 300), place: name });
      const [blob, manifest] = [paths.blob(digest), paths.manifest(digest)];
      if (!put.has(digest) && !(await held(digest))) {
        await writer.putBlob(blob, descriptor, openBytes(bytes));
        await writer.afterwards(() => writer.linkFile(blob, manifest, bytes));
        put.add(digest);
      }
      if (tag === undefined) return;
      tagged.set(tag, digest);
      await writer.afterwards(() => writer.linkTo(digest, paths.manifest(tag)));
    },
  };
}
