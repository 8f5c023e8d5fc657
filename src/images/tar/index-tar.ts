import { imagesErrors } from '../errors.ts';
import type { TarFeed } from './feed.ts';
import { tarMembers } from './members.ts';
import type { RandomAccess } from './random-access.ts';
import type { TarMember } from './types.ts';

/** The entries of a tar in a file, each found by its path and read at its place. */
export interface TarIndex {
  readonly entries: ReadonlyMap<string, TarMember>;
  /** The body from `start` to `end` (exclusive); throws `images.truncatedTar` where the file was cut meanwhile. */
  read(member: TarMember, start?: number, end?: number): AsyncIterable<Uint8Array>;
}

/** Entries of an index are held in memory, so fewer are taken than from a stream. */
const defaultMaxEntries = 200_000;
const readAheadBytes = 64 * 1024;
const pieceBytes = 1024 * 1024;

/**
 * Reads the headers of a tar once, passing over the bodies. Files and directories only: links, devices and a name given twice
 * are refused with `images.unsafeTarEntry`. Throws as `readTar` does.
 */
export async function indexTar(
  archive: RandomAccess,
  options: { readonly maxEntries?: number } = {},
): Promise<TarIndex> {
  const entries = new Map<string, TarMember>();
  const { maxEntries = defaultMaxEntries } = options;
  for await (const member of tarMembers(new FileFeed(archive), { archive: archive.name, maxEntries })) {
    const refuse = (fault: string) =>
      imagesErrors.unsafeTarEntry({ archive: archive.name, entry: member.path.slice(0, 200), fault });
    if (member.type !== 'file' && member.type !== 'directory') throw refuse(`it is a ${member.type}`);
    const twin = entries.get(member.path);
    if (twin && (twin.type === 'file' || member.type === 'file')) throw refuse('its name is given twice');
    entries.set(member.path, member);
  }
  return { entries, read: (member, start, end) => readMember(archive, member, start, end) };
}

async function* readMember(
  archive: RandomAccess,
  member: TarMember,
  start = 0,
  end = member.sizeBytes,
): AsyncGenerator<Uint8Array> {
  const stop = Math.min(end, member.sizeBytes);
  for (let at = start; at < stop; ) {
    const piece = Buffer.allocUnsafe(Math.min(pieceBytes, stop - at));
    const filled = await archive.read(piece, member.offset + at);
    if (filled < piece.length)
      throw imagesErrors.truncatedTar({
        archive: archive.name,
        offset: member.offset + at + filled,
        missing: `the end of entry "${member.path}"`,
      });
    yield piece;
    at += filled;
  }
}

/** Feeds from a file: headers that lie close together come with one read. */
class FileFeed implements TarFeed {
  readonly #archive: RandomAccess;
  #ahead: Uint8Array = new Uint8Array(0);
  #aheadAt = 0;
  #position = 0;

  constructor(archive: RandomAccess) {
    this.#archive = archive;
  }

  get position(): number {
    return this.#position;
  }

  async take(sizeBytes: number): Promise<Uint8Array> {
    let start = this.#position - this.#aheadAt;
    if (start < 0 || start + sizeBytes > this.#ahead.length) {
      const buffer = new Uint8Array(Math.max(readAheadBytes, sizeBytes));
      this.#ahead = buffer.subarray(0, await this.#archive.read(buffer, this.#position));
      this.#aheadAt = this.#position;
      start = 0;
    }
    const bytes = this.#ahead.subarray(start, start + sizeBytes);
    this.#position += bytes.length;
    return bytes;
  }

  async skipTo(position: number): Promise<boolean> {
    if (position > this.#archive.sizeBytes) return false;
    this.#position = Math.max(this.#position, position);
    return true;
  }
}
