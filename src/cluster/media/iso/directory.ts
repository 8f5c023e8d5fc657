import { mediaErrors } from '../errors.ts';
import type { Extent, Source } from './iso-image.ts';
import { sectorBytes } from './volume.ts';

interface DirectoryRecord extends Extent {
  readonly name: string;
  readonly isFolder: boolean;
}

/** A folder of a boot medium is far smaller. */
const mostFolderBytes = 1024 * 1024;
const mostDepth = 8;

/** Finds a file by its path below a folder (ECMA-119 9.1); throws `media.notIso` for records that contradict themselves. */
export async function findInDirectory(
  source: Source,
  root: Extent,
  path: string,
): Promise<Extent | undefined> {
  const names = path.split('/').filter((name) => name !== '');
  if (names.length === 0 || names.length > mostDepth) return undefined;
  let folder = root;
  for (const [index, name] of names.entries()) {
    const isLast = index === names.length - 1;
    const records = await recordsOf(source, folder);
    const wanted = spellingsOf(name);
    const found = records.find((record) => record.isFolder !== isLast && wanted.has(record.name));
    if (!found) return undefined;
    folder = found;
  }
  if (folder.offset + folder.sizeBytes > source.sizeBytes)
    throw mediaErrors.truncated({
      path: source.path,
      sizeBytes: source.sizeBytes,
      neededBytes: folder.offset + folder.sizeBytes,
    });
  return { offset: folder.offset, sizeBytes: folder.sizeBytes };
}

/** A name as it stands in the image: in capitals, whole or as level 1 has it (8 and 3 characters). */
function spellingsOf(name: string): ReadonlySet<string> {
  const upper = name.toUpperCase();
  const dot = upper.lastIndexOf('.');
  const [stem, ending] = dot < 0 ? [upper, ''] : [upper.slice(0, dot), upper.slice(dot + 1)];
  const short = ending === '' ? stem.slice(0, 8) : `${stem.slice(0, 8)}.${ending.slice(0, 3)}`;
  return new Set([upper, short]);
}

async function recordsOf(source: Source, folder: Extent): Promise<readonly DirectoryRecord[]> {
  const { path } = source;
  if (folder.sizeBytes > mostFolderBytes)
    throw mediaErrors.notIso({ path, fault: `a folder has ${folder.sizeBytes} bytes` });
  const bytes = await source.read(folder.offset, folder.sizeBytes);
  const records: DirectoryRecord[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes[at]!;
    if (length === 0) {
      // Records do not cross sectors (ECMA-119 6.8.1.1).
      at = (Math.floor(at / sectorBytes) + 1) * sectorBytes;
      continue;
    }
    const nameBytes = length >= 34 && at + length <= bytes.length ? bytes[at + 32]! : Number.NaN;
    if (!(33 + nameBytes <= length)) throw mediaErrors.notIso({ path, fault: 'a folder is damaged' });
    records.push({
      name: bytes
        .toString('latin1', at + 33, at + 33 + nameBytes)
        .replace(/;1$/, '')
        .replace(/\.$/, '')
        .toUpperCase(),
      isFolder: (bytes[at + 25]! & 2) !== 0,
      offset: bytes.readUInt32LE(at + 2) * sectorBytes,
      sizeBytes: bytes.readUInt32LE(at + 10),
    });
    at += length;
  }
  return records;
}
