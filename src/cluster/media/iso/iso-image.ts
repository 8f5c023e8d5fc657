import { type FileHandle, open } from 'node:fs/promises';
import { errorText } from '../../../kernel/index.ts';
import { mediaErrors } from '../errors.ts';
import { findInDirectory } from './directory.ts';
import { readVolume, type Volume } from './volume.ts';

/** Where a file of an image lies. */
export interface Extent {
  readonly offset: number;
  readonly sizeBytes: number;
}

/** An ISO 9660 image that is open for reading; every size in it is checked against the file's before it is believed. */
export interface IsoImage {
  readonly path: string;
  readonly sizeBytes: number;
  readonly volume: Volume;
  /** Exactly so many bytes; throws `media.truncated` where the image ends before. */
  read(offset: number, length: number): Promise<Buffer>;
  /** A file by its path, in any case; names that level 1 cut short (`kargs.jso` for `kargs.json`) count as well. */
  find(path: string): Promise<Extent | undefined>;
  /** The bytes of a file of at most `mostBytes`; undefined where it is not there. */
  findBytes(path: string, mostBytes: number): Promise<Buffer | undefined>;
  close(): Promise<void>;
}

/** Opens an image; throws `media.io`, `media.notIso` and `media.truncated`. */
export async function openIso(path: string): Promise<IsoImage> {
  const file = await open(path, 'r').catch((error) => {
    throw mediaErrors.io({ action: 'open', path, detail: errorText(error) }, { cause: error });
  });
  try {
    return await imageOf(file, path);
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function imageOf(file: FileHandle, path: string): Promise<IsoImage> {
  const { size: sizeBytes } = await file.stat();
  const read = async (offset: number, length: number) => {
    if (offset + length > sizeBytes)
      throw mediaErrors.truncated({ path, sizeBytes, neededBytes: offset + length });
    const buffer = Buffer.alloc(length);
    for (let at = 0; at < length; ) {
      const { bytesRead } = await file.read(buffer, at, length - at, offset + at).catch((error) => {
        throw mediaErrors.io({ action: 'read', path, detail: errorText(error) }, { cause: error });
      });
      if (bytesRead === 0)
        throw mediaErrors.truncated({ path, sizeBytes: offset + at, neededBytes: offset + length });
      at += bytesRead;
    }
    return buffer;
  };
  const volume = await readVolume({ path, sizeBytes, read });
  const find = (name: string) => findInDirectory({ path, sizeBytes, read }, volume.root, name);
  return {
    path,
    sizeBytes,
    volume,
    read,
    find,
    async findBytes(name, mostBytes) {
      const extent = await find(name);
      if (!extent) return undefined;
      if (extent.sizeBytes > mostBytes)
        throw mediaErrors.notIso({ path, fault: `"${name}" has ${extent.sizeBytes} bytes` });
      return read(extent.offset, extent.sizeBytes);
    },
    close: () => file.close(),
  };
}

/** What the parts of the reader share. */
export interface Source {
  readonly path: string;
  readonly sizeBytes: number;
  read(offset: number, length: number): Promise<Buffer>;
}
