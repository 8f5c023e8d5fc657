import { join } from 'node:path';
import { type Digest, digestOf, errorText, hasCode } from '../../kernel/index.ts';
import type { OpensBlobs } from '../../store/index.ts';
import { filesErrors } from './errors.ts';
import { openFile } from './open-file.ts';
import type { Opened } from './opened.ts';
import type { FileEntry, Visitor } from './types.ts';

interface OpenOptions {
  readonly entry: FileEntry;
  /** The path that is served, below the entry's where that is a folder's. */
  readonly path: string;
  readonly visitor: Visitor;
  readonly store: OpensBlobs | undefined;
}

/** Opens what an entry gives for a path; throws `files.noFile` and `files.unreadable`. */
export async function openEntry({ entry, path, visitor, store }: OpenOptions): Promise<Opened> {
  const { from } = entry;
  if ('file' in from) return openFile(from.file, path);
  if ('folder' in from) return openFile(join(from.folder, path.slice(entry.path.length)), path, from.folder);
  if ('bytes' in from) return openedBytes(from.bytes);
  if ('make' in from) return openedBytes(await made(from.make, visitor, path));
  if ('blob' in from && store) return openBlob(store, from.blob, path);
  throw filesErrors.noFile({ path });
}

async function made(
  make: (visitor: Visitor) => Uint8Array | string | Promise<Uint8Array | string>,
  visitor: Visitor,
  path: string,
): Promise<Uint8Array | string> {
  try {
    return await make(visitor);
  } catch (error) {
    throw filesErrors.unreadable({ path, detail: errorText(error) }, { cause: error });
  }
}

function openedBytes(source: Uint8Array | string): Opened {
  const bytes = typeof source === 'string' ? Buffer.from(source) : source;
  return {
    sizeBytes: bytes.length,
    etag: `"${digestOf(bytes)}"`,
    bytes,
    async read(into, at) {
      const piece = bytes.subarray(at, at + into.length);
      into.set(piece);
      return piece.length;
    },
    async close() {},
  };
}

async function openBlob(store: OpensBlobs, digest: Digest, path: string): Promise<Opened> {
  const blob = await store.open(digest).catch((error) => {
    throw hasCode(error, 'store.notFound')
      ? filesErrors.noFile({ path }, { cause: error })
      : filesErrors.unreadable({ path, detail: errorText(error) }, { cause: error });
  });
  return {
    sizeBytes: blob.sizeBytes,
    etag: `"${digest}"`,
    read: (into, at) => blob.read(into, at),
    close: () => blob.close(),
  };
}
