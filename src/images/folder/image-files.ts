import type { Descriptor, Digest } from '../../kernel/index.ts';
import { collect } from '../../store/index.ts';
import { imagesErrors } from '../errors.ts';
import { maxManifestBytes } from '../manifest.ts';
import { matches, shownDigest } from './hash.ts';

/** Files that images lie in: of a folder, or of a tar. Paths are relative, with `/`, and made of checked parts only. */
export interface ImageFiles {
  /** For errors: the path of the folder or of the tar. */
  readonly place: string;
  /** Undefined where there is no such file; throws `images.outsideLink` for one that is not of the folder. */
  sizeOf(path: string): Promise<number | undefined>;
  /** The bytes of a file that is there, from `start` on, in pieces of at most 1 MiB. */
  read(path: string, start?: number): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/** All bytes of a small file; undefined where it is not there. `fault` makes the error for one larger than `maxBytes`. */
export async function smallFile(
  files: ImageFiles,
  path: string,
  maxBytes: number,
  fault: (text: string) => Error,
): Promise<Uint8Array | undefined> {
  const sizeBytes = await files.sizeOf(path);
  if (sizeBytes === undefined) return undefined;
  if (sizeBytes > maxBytes) throw fault(`${path} is larger than ${maxBytes} bytes`);
  return collect(files.read(path), maxBytes);
}

/** The bytes of the manifest that has a digest, from the first of `paths` where a file is; undefined where none is. Throws `images.wrongBytes`. */
export async function manifestFile(
  files: ImageFiles,
  digest: Digest,
  paths: readonly string[],
): Promise<Uint8Array | undefined> {
  for (const path of paths) {
    const bytes = await smallFile(files, path, maxManifestBytes, (fault) =>
      imagesErrors.malformedManifest({ image: `${files.place} ${digest}`, fault }),
    );
    if (bytes === undefined) continue;
    if (!matches(bytes, digest))
      throw imagesErrors.wrongBytes({
        place: files.place,
        digest,
        detail: `${path} has the digest "${shownDigest(bytes, digest)}"`,
      });
    return bytes;
  }
  return undefined;
}

/** A stream of the blob, from the first of `paths` where a file is. Throws `images.partGone`, and `images.wrongBytes` for another size. */
export async function blobFile(
  files: ImageFiles,
  { digest, size }: Descriptor,
  paths: readonly string[],
  start: number,
): Promise<AsyncIterable<Uint8Array>> {
  for (const path of paths) {
    const sizeBytes = await files.sizeOf(path);
    if (sizeBytes === undefined) continue;
    if (sizeBytes !== size) {
      const detail = `${path} has ${sizeBytes} bytes instead of ${size}`;
      throw imagesErrors.wrongBytes({ place: files.place, digest, detail });
    }
    return files.read(path, start);
  }
  throw imagesErrors.partGone({ digest, place: files.place });
}
