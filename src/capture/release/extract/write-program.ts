import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Digest, errorText, HoldfastError } from '../../../kernel/index.ts';
import { captureErrors } from '../../errors.ts';
import { PayloadFault } from '../payload-fault.ts';
import { searchMarkers } from './markers.ts';
import type { Binding } from './programs.ts';

/** A program on its way to its place. */
export interface ProgramFile {
  /** Writes the next bytes. */
  write(bytes: Uint8Array): Promise<void>;
  /** Fills the markers, makes it executable and puts it in its place; throws `PayloadFault` where a marker is not there once. */
  finish(): Promise<{ readonly digest: Digest; readonly sizeBytes: number }>;
  /** Leaves nothing behind, unless it was finished. */
  close(): Promise<void>;
}

/** Opens a file beside `path` that takes its place when it is whole; throws `capture.cannotWrite`. */
export async function createProgramFile(path: string, bindings: readonly Binding[]): Promise<ProgramFile> {
  const partial = `${path}.${randomBytes(6).toString('hex')}.partial`;
  const told = async <T>(action: () => Promise<T>): Promise<T> => {
    try {
      return await action();
    } catch (error) {
      if (error instanceof PayloadFault || error instanceof HoldfastError) throw error;
      throw captureErrors.cannotWrite({ path, detail: errorText(error) }, { cause: error });
    }
  };
  const file = await told(() => open(partial, 'wx+', 0o600));
  const search = searchMarkers(bindings.map(({ marker }) => marker));
  let sizeBytes = 0;
  let isOpen = true;
  return {
    write: (bytes) =>
      told(async () => {
        search.push(bytes);
        await writeAll(file, bytes, sizeBytes);
        sizeBytes += bytes.length;
      }),
    finish: () =>
      told(async () => {
        for (const binding of bindings) await fill(file, binding, search.found.get(binding.marker)!);
        const digest = await digestOfFile(file);
        await file.chmod(0o755);
        await file.sync();
        await file.close();
        isOpen = false;
        await rename(partial, path);
        await syncFolder(dirname(path));
        return { digest, sizeBytes };
      }),
    async close() {
      if (isOpen) await file.close();
      isOpen = false;
      await rm(partial, { force: true });
    },
  };
}

/** Writes a value and NUL over the begin of the one marker that is there. */
async function fill(file: FileHandle, { marker, value, required }: Binding, places: readonly number[]) {
  const bytes = Buffer.from(`${value}\0`, 'latin1');
  const [place] = places;
  if (place === undefined && !required) return;
  if (place === undefined || places.length > 1)
    throw new PayloadFault(`it holds the marker ${marker.name} ${places.length} times, not once`);
  if (bytes.length > marker.bytes.length)
    throw new PayloadFault(`"${value.slice(0, 100)}…" is longer than the marker ${marker.name} has room for`);
  await writeAll(file, bytes, place);
}

async function writeAll(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; )
    done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
}

async function digestOfFile(file: FileHandle): Promise<Digest> {
  const hash = createHash('sha256');
  const piece = Buffer.allocUnsafe(1024 * 1024);
  for (let at = 0; ; ) {
    const { bytesRead } = await file.read(piece, 0, piece.length, at);
    if (bytesRead === 0) return `sha256:${hash.digest('hex')}`;
    hash.update(piece.subarray(0, bytesRead));
    at += bytesRead;
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path);
  await folder.sync().finally(() => folder.close());
}
