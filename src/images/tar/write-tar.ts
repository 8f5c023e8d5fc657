import { imagesErrors } from '../errors.ts';
import { blockBytes, checksumOf, field, paddingOf } from './block.ts';
import { normalTarPath } from './path.ts';
import { writePax } from './pax.ts';
import type { TarType } from './types.ts';

/** An entry to be written. */
export interface TarHeader {
  /** Relative, without `..`. */
  readonly path: string;
  /** Default `file`. */
  readonly type?: Extract<TarType, 'file' | 'directory' | 'symlink' | 'hardlink'>;
  /** The length of the body; default 0. */
  readonly sizeBytes?: number;
  /** Default 0o644, of a directory 0o755. */
  readonly mode?: number;
  readonly linkPath?: string;
}

const flags = { file: '0', hardlink: '1', symlink: '2', directory: '5' } as const;
const zeros = new Uint8Array(2 * blockBytes);

/** What ends a tar. */
export const tarEnd: Uint8Array = zeros;

/** The zero bytes that follow a body of `sizeBytes`. */
export const tarPadding = (sizeBytes: number): Uint8Array => zeros.subarray(0, paddingOf(sizeBytes));

/**
 * The header of an entry: ustar, with a pax header before it for what ustar cannot hold (long and non-ASCII paths, 8 GiB and
 * more). Equal entries give equal bytes: time, owner and group are 0.
 */
export function tarHeader(header: TarHeader): Uint8Array {
  const { type = 'file', linkPath = '', sizeBytes = 0 } = header;
  const mode = header.mode ?? (type === 'directory' ? 0o755 : 0o644);
  const path = type === 'directory' ? `${header.path.replace(/\/+$/, '')}/` : header.path;
  const refuse = (fault: string) => imagesErrors.unwritableTarEntry({ entry: header.path, fault });
  if (normalTarPath(path) === undefined) throw refuse('its path is empty, too long, or climbs with ".."');
  if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 0) throw refuse('its size is no number');
  const place = placeOf(path);
  const records = {
    ...(!place && { path }),
    ...(!fits(linkPath, 100) && { linkpath: linkPath }),
    ...(sizeBytes >= 8 ** 11 && { size: String(sizeBytes) }),
  };
  const own = block(flags[type], place?.name ?? cut(path), place?.prefix ?? '', {
    sizeBytes: sizeBytes >= 8 ** 11 ? 0 : sizeBytes,
    mode,
    linkPath: cut(linkPath),
  });
  if (Object.keys(records).length === 0) return own;
  const pax = writePax(records);
  const before = block('x', 'PaxHeaders/entry', '', { sizeBytes: pax.length, mode: 0o644, linkPath: '' });
  return Buffer.concat([before, pax, tarPadding(pax.length), own]);
}

/** The bytes of one entry: header, body, padding. Throws `images.unwritableTarEntry` where the body has not the header's size. */
export async function* tarEntry(
  header: TarHeader,
  body: Uint8Array | AsyncIterable<Uint8Array> = new Uint8Array(0),
): AsyncGenerator<Uint8Array> {
  const { path, sizeBytes = 0 } = header;
  let written = 0;
  const lies = () =>
    imagesErrors.unwritableTarEntry({
      entry: path,
      fault: `${written} bytes came where ${sizeBytes} were announced`,
    });
  yield tarHeader(header);
  for await (const piece of body instanceof Uint8Array ? [body] : body) {
    written += piece.length;
    if (written > sizeBytes) throw lies();
    if (piece.length > 0) yield piece;
  }
  if (written !== sizeBytes) throw lies();
  if (paddingOf(sizeBytes) > 0) yield tarPadding(sizeBytes);
}

/** How many bytes `tarEntry` gives. */
export function tarEntryBytes(header: TarHeader): number {
  const { sizeBytes = 0 } = header;
  return tarHeader(header).length + sizeBytes + paddingOf(sizeBytes);
}

function block(
  flag: string,
  name: string,
  prefix: string,
  values: { sizeBytes: number; mode: number; linkPath: string },
): Uint8Array {
  const bytes = Buffer.alloc(blockBytes);
  const put = ([start, end]: readonly [number, number], text: string) =>
    bytes.write(text, start, end - start, 'latin1');
  const octal = (place: readonly [number, number], value: number) =>
    put(place, `${value.toString(8).padStart(place[1] - place[0] - 1, '0')}\0`);
  put(field.name, name);
  octal(field.mode, values.mode);
  octal(field.uid, 0);
  octal(field.gid, 0);
  octal(field.size, values.sizeBytes);
  octal(field.mtime, 0);
  put(field.type, flag);
  put(field.link, values.linkPath);
  put(field.magic, 'ustar\x0000');
  octal(field.devMajor, 0);
  octal(field.devMinor, 0);
  put(field.prefix, prefix);
  put(field.checksum, `${checksumOf(bytes).toString(8).padStart(6, '0')}\0 `);
  return bytes;
}

/** Where ustar keeps a path: whole, or cut in two at a slash; undefined where it cannot. */
function placeOf(path: string): { name: string; prefix: string } | undefined {
  if (fits(path, 100)) return { name: path, prefix: '' };
  for (let slash = path.indexOf('/'); slash >= 0 && slash <= 155; slash = path.indexOf('/', slash + 1)) {
    const [prefix, name] = [path.slice(0, slash), path.slice(slash + 1)];
    if (prefix !== '' && name !== '' && fits(name, 100) && fits(prefix, 155)) return { name, prefix };
  }
  return undefined;
}

const fits = (text: string, length: number): boolean => text.length <= length && /^[\x20-\x7e]*$/.test(text);
/** What a program that knows no pax shows instead. */
const cut = (text: string): string => text.slice(0, 100).replace(/[^\x20-\x7e]/g, '_');
