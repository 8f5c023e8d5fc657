import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { errorText, parseBoundedJson } from '../../kernel/index.ts';
import { bundleErrors } from '../errors.ts';
import type { BundleIndex } from '../format/bundle-index.ts';
import { faultIn } from '../format/index-schema.ts';
import { chunkBytes, maxIndexBytes, maxIndexValues } from '../limits.ts';
import { openToRead, readFully } from '../parts/part-file.ts';
import { sha256, sharedBytes } from '../parts/sha256.ts';
import { keyOf, type Patch } from '../read/part-reader.ts';
import type { ReadIndex } from '../read/read-index.ts';
import { readSmallFile } from '../read/read-index.ts';
import { type RepairIndex, repairFileName, repairIndexName, repairSchema } from './repair-file.ts';

/** Chunks of repairs that fit a bundle; `close` lets go of their files. */
export interface Repairs {
  readonly patches: ReadonlyMap<string, Patch>;
  close(): Promise<void>;
}

/**
 * Opens the repairs in folders. Every chunk is checked against the bundle's own index, so a repair needs no trust; those that
 * do not fit are passed over. Throws `bundle.badRepair` where a repair is of another bundle or none of its chunks fits.
 */
export async function openRepairs(folders: readonly string[], bundle: ReadIndex): Promise<Repairs> {
  const patches = new Map<string, Patch>();
  const files: FileHandle[] = [];
  const close = async () => {
    for (const file of files) await file.close();
  };
  try {
    for (const folder of folders) {
      const place = join(folder, repairIndexName);
      const bad = (fault: string) => bundleErrors.badRepair({ place, fault });
      const repair = await readRepair(place, bad);
      if (repair.bundle !== bundle.digest) throw bad('it belongs to another bundle');
      const fitting = await patchesIn(folder, repair, bundle.index, files, patches);
      if (fitting === 0) throw bad('none of its chunks has the hash that the bundle names');
    }
    return { patches, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function readRepair(place: string, bad: (fault: string) => Error): Promise<RepairIndex> {
  const bytes = await readSmallFile(place, maxIndexBytes);
  if (!bytes) throw bad(`it is longer than ${maxIndexBytes} bytes`);
  const json = parseBoundedJson(bytes, { maxBytes: maxIndexBytes, maxValues: maxIndexValues, maxDepth: 4 });
  if (typeof json === 'string') throw bad(json);
  const parsed = repairSchema.safeParse(json.value);
  if (!parsed.success) throw bad(faultIn(parsed.error));
  return parsed.data;
}

async function patchesIn(
  folder: string,
  { chunks }: RepairIndex,
  index: BundleIndex,
  files: FileHandle[],
  patches: Map<string, Patch>,
): Promise<number> {
  const opened = new Map<number, FileHandle>();
  const buffer = sharedBytes(chunkBytes);
  let fitting = 0;
  for (const { part, chunk, sizeBytes, file: number, offset } of chunks) {
    const wanted = index.parts[part - 1]?.chunks[chunk - 1];
    if (wanted === undefined || patches.has(keyOf({ part, chunk }))) continue;
    let file = opened.get(number);
    if (!file) {
      const place = join(folder, repairFileName(number));
      file = await openToRead(place).catch((cause) => {
        throw bundleErrors.unreadable({ place, detail: errorText(cause) }, { cause });
      });
      opened.set(number, file);
      files.push(file);
    }
    const bytes = buffer.subarray(0, sizeBytes);
    if ((await readFully(file, bytes, offset)) < sizeBytes || (await sha256(bytes)) !== wanted) continue;
    patches.set(keyOf({ part, chunk }), { file, at: offset });
    fitting++;
  }
  return fitting;
}
