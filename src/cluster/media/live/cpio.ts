import { gunzipSync, gzipSync } from 'node:zlib';

/** What a small archive may unpack to; an image's area has 256 KiB. */
const mostBytes = 32 * 1024 * 1024;

const fileMode = 0o100600;

/**
 * An initramfs with one file: a cpio archive in the "newc" format, compressed with gzip (Linux,
 * Documentation/driver-api/early-userspace/buffer-format.rst). The same file gives the same bytes.
 */
export function packInitramfs(name: string, contents: Uint8Array): Buffer {
  const archive = Buffer.concat([
    entry(1, name, fileMode, contents),
    entry(0, 'TRAILER!!!', 0, new Uint8Array()),
  ]);
  return gzipSync(archive, { level: 9 });
}

function entry(inode: number, name: string, mode: number, contents: Uint8Array): Buffer {
  const nameBytes = Buffer.from(`${name}\0`);
  const links = 1;
  const fields = [...[inode, mode, 0, 0, links, 0, contents.length], ...[0, 0, 0, 0, nameBytes.length, 0]];
  const head = Buffer.from(`070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}`);
  return Buffer.concat([aligned(Buffer.concat([head, nameBytes])), aligned(Buffer.from(contents))]);
}

const aligned = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);

/** The regular files of an initramfs; undefined where it is packed in a way that is not read here, such as xz, or damaged. */
export function findInitramfsFiles(area: Uint8Array): ReadonlyMap<string, Buffer> | undefined {
  let archive = Buffer.from(area.buffer, area.byteOffset, area.length);
  try {
    if (archive[0] === 0x1f && archive[1] === 0x8b)
      archive = gunzipSync(archive, { maxOutputLength: mostBytes });
  } catch {
    return undefined;
  }
  const files = new Map<string, Buffer>();
  for (let at = 0; ; ) {
    const head = archive.toString('latin1', at, at + 110);
    if (!/^07070[12][0-9A-Fa-f]{104}$/.test(head)) return undefined;
    const field = (index: number) => Number.parseInt(head.slice(6 + index * 8, 14 + index * 8), 16);
    const [mode, sizeBytes, nameBytes] = [field(1), field(6), field(11)];
    const dataAt = at + 4 * Math.ceil((110 + nameBytes) / 4);
    if (nameBytes < 1 || dataAt + sizeBytes > archive.length) return undefined;
    const name = archive.toString('utf8', at + 110, at + 110 + nameBytes - 1);
    if (name === 'TRAILER!!!') return files;
    if ((mode & 0o170000) === 0o100000) files.set(name, archive.subarray(dataAt, dataAt + sizeBytes));
    at = dataAt + 4 * Math.ceil(sizeBytes / 4);
  }
}
