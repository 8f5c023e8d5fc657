import { imagesErrors } from '../errors.ts';
import { blockBytes, isZeroBlock, paddingOf } from './block.ts';
import { compressionOf } from './compression.ts';
import type { TarFeed } from './feed.ts';
import { type RawHeader, readHeader } from './header.ts';
import { normalTarPath } from './path.ts';
import { decode, type PaxFields, readPax } from './pax.ts';
import type { TarMember, TarReadOptions, TarType } from './types.ts';

/** The longest extended header or long name that is read. */
const maxMetaBytes = 1024 * 1024;
const defaultMaxEntries = 1_000_000;

const types: Readonly<Record<string, TarType>> = {
  '0': 'file',
  '\0': 'file',
  '7': 'file',
  '1': 'hardlink',
  '2': 'symlink',
  '3': 'characterDevice',
  '4': 'blockDevice',
  '5': 'directory',
  '6': 'fifo',
};
/** Headers that speak of the entry after them: pax, GNU's long name, GNU's long link. */
const metaFlags = 'xgLK';

/**
 * The entries of a tar, in its order (POSIX 1003.1 ustar and pax, GNU, v7), judged strictly: two programs must not read one
 * archive in two ways. Whoever iterates may take an entry's body from the feed; what is left of it is skipped.
 * Throws `images.malformedTar`, `.truncatedTar`, `.unsafeTarEntry` and `.compressedTar`.
 */
export async function* tarMembers(feed: TarFeed, options: TarReadOptions): AsyncGenerator<TarMember> {
  const { archive, maxEntries = defaultMaxEntries } = options;
  const malformed = (offset: number, fault: string) => imagesErrors.malformedTar({ archive, offset, fault });
  const truncated = (missing: string) =>
    imagesErrors.truncatedTar({ archive, offset: feed.position, missing });
  for (let count = 0; ; ) {
    const meta = new Map<string, Uint8Array>();
    const start = feed.position;
    for (;;) {
      const at = feed.position;
      const block = await feed.take(blockBytes);
      if (at === 0) refuseCompressed(block, archive);
      if (block.length < blockBytes) throw truncated('the end of the archive');
      if (isZeroBlock(block)) {
        if (meta.size > 0) throw malformed(at, 'an extended header is followed by no entry');
        const second = await feed.take(blockBytes);
        if (second.length < blockBytes) throw truncated('the end of the archive');
        if (!isZeroBlock(second)) throw malformed(at, 'an empty block stands between entries');
        return;
      }
      const header = readHeader(block);
      if (typeof header === 'string') throw malformed(at, header);
      if (metaFlags.includes(header.flag)) {
        if (header.sizeBytes > maxMetaBytes) throw malformed(at, 'an extended header is too long');
        if (meta.has(header.flag)) throw malformed(at, 'two extended headers of one kind follow each other');
        const body = Uint8Array.from(await feed.take(header.sizeBytes));
        if (!(await feed.skipTo(at + blockBytes + header.sizeBytes + paddingOf(header.sizeBytes))))
          throw truncated('the end of an extended header');
        if (header.flag === 'g') {
          // It would hold for all entries after it, and programs differ in which fields they let it change.
          const fields = readPax(body);
          if (typeof fields === 'string') throw malformed(at, fields);
          if (Object.keys(fields).length > 0) throw malformed(at, 'a global header names an entry');
          if (++count > maxEntries) throw malformed(at, `it has more than ${maxEntries} entries`);
        } else meta.set(header.flag, body);
        continue;
      }
      if (++count > maxEntries) throw malformed(start, `it has more than ${maxEntries} entries`);
      const fields = metaFields(meta);
      if (typeof fields === 'string') throw malformed(start, fields);
      const member = memberOf(header, fields, feed.position, archive);
      if (typeof member === 'string') throw malformed(start, member);
      yield member;
      const end = member.offset + member.sizeBytes;
      if (!(await feed.skipTo(end + paddingOf(member.sizeBytes))))
        throw truncated(`the end of entry "${member.path.slice(0, 200)}"`);
      break;
    }
  }
}

/** What the headers before an entry change of it; a string is what is wrong with them. */
function metaFields(meta: ReadonlyMap<string, Uint8Array>): PaxFields | string {
  const fields = meta.has('x') ? readPax(meta.get('x')!) : {};
  if (typeof fields === 'string') return fields;
  for (const [flag, key] of [
    ['L', 'path'],
    ['K', 'linkpath'],
  ] as const) {
    const body = meta.get(flag);
    if (body === undefined) continue;
    if (fields[key] !== undefined) return 'an entry has two names';
    fields[key] = decode(body).replace(/\0+$/, '');
  }
  return fields;
}

function memberOf(header: RawHeader, fields: PaxFields, offset: number, archive: string): TarMember | string {
  const named = fields.path ?? header.name;
  const refuse = (fault: string) => imagesErrors.unsafeTarEntry({ archive, entry: printable(named), fault });
  const path = normalTarPath(named);
  if (path === undefined) throw refuse('its path is empty, too long, or climbs with ".."');
  const known = Object.hasOwn(types, header.flag) ? types[header.flag]! : undefined;
  if (known === undefined) return `an entry has the unknown type "${printable(header.flag)}"`;
  // Before ustar a slash at the end was what made a directory.
  const type = known === 'file' && header.flag !== '7' && named.endsWith('/') ? 'directory' : known;
  const sizeBytes = fields.size ?? header.sizeBytes;
  if (type !== 'file' && sizeBytes !== 0) throw refuse(`it is a ${type} and yet has a body`);
  if (path === '.' && type !== 'directory') throw refuse('it takes the place of the root');
  const target = fields.linkpath ?? header.linkName;
  const isLink = type === 'symlink' || type === 'hardlink';
  const linkPath = !isLink ? undefined : type === 'hardlink' ? normalTarPath(target) : target;
  if (isLink && (linkPath === undefined || linkPath === '' || linkPath.includes('\0')))
    throw refuse('it links to no path within the archive');
  return { path, type, sizeBytes, mode: header.mode, linkPath, offset };
}

function refuseCompressed(first: Uint8Array, archive: string): void {
  const found = compressionOf(first);
  if (found)
    throw imagesErrors.compressedTar({
      archive,
      coding: found.coding,
      command: `${found.command} ${archive}`,
    });
}

const printable = (text: string): string =>
  text.slice(0, 200).replace(/[^\x20-\x7e]/g, (char) => (char < ' ' || char === '\x7f' ? '?' : char));
