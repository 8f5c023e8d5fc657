import { crc32 } from 'node:zlib';

/** A file of the archive. A stream's size is not known before its end, so one that may pass 4 GiB has to say so. */
export interface ZipEntry {
  /** ASCII, with `/` between folders. */
  readonly name: string;
  readonly content: Uint8Array | AsyncIterable<Uint8Array>;
  readonly mayBeLarge?: boolean;
}

interface Written {
  readonly name: Buffer;
  readonly flags: number;
  readonly zip64: boolean;
  readonly crc: number;
  readonly sizeBytes: number;
  readonly offset: number;
}

const max16 = 0xffff;
const max32 = 0xffffffff;
/** Bit 3 (APPNOTE 4.4.4): checksum and sizes follow the content. */
const sizesFollow = 0x0008;

/**
 * A ZIP archive as a stream (APPNOTE.TXT 6.3), its files stored as they are and zip64 where they need it. The next
 * entry is asked for only when the one before has been read to its end, so it may depend on what went before.
 */
export async function* zip(
  entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>,
  modifiedAt: Date,
): AsyncGenerator<Uint8Array> {
  const stamp = dosTime(modifiedAt);
  const written: Written[] = [];
  let offset = 0;
  for await (const entry of entries) {
    const name = Buffer.from(entry.name, 'latin1');
    const known = entry.content instanceof Uint8Array ? entry.content : undefined;
    const zip64 = entry.mayBeLarge === true;
    const flags = known === undefined ? sizesFollow : 0;
    const start = {
      name,
      flags,
      zip64,
      crc: known ? crc32(known) : 0,
      sizeBytes: known?.length ?? 0,
      offset,
    };
    const header = localHeader(start, stamp);
    yield header;
    let crc = 0;
    let sizeBytes = 0;
    for await (const chunk of known === undefined ? (entry.content as AsyncIterable<Uint8Array>) : [known]) {
      crc = crc32(chunk, crc);
      sizeBytes += chunk.length;
      yield chunk;
    }
    if (sizeBytes > max32 && !zip64) throw new RangeError(`zip entry "${entry.name}" grew past 4 GiB`);
    const done = { ...start, crc, sizeBytes };
    const trailer = known === undefined ? dataDescriptor(done) : Buffer.alloc(0);
    yield trailer;
    written.push(done);
    offset += header.length + sizeBytes + trailer.length;
  }
  const directory = Buffer.concat(written.map((entry) => directoryRecord(entry, stamp)));
  yield directory;
  yield endRecords(written, offset, directory.length);
}

function localHeader({ name, flags, zip64, crc, sizeBytes }: Written, stamp: Buffer): Buffer {
  const known = flags === 0;
  const extra = zip64 ? zip64Extra(known ? [sizeBytes, sizeBytes] : [0, 0]) : Buffer.alloc(0);
  const size = zip64 ? max32 : sizeBytes;
  return fields(
    [4, 0x04034b50],
    [2, zip64 ? 45 : 20],
    [2, flags],
    [2, 0],
    stamp,
    [4, crc],
    [4, size],
    [4, size],
    [2, name.length],
    [2, extra.length],
    name,
    extra,
  );
}

function dataDescriptor({ crc, sizeBytes, zip64 }: Written): Buffer {
  const width = zip64 ? 8 : 4;
  return fields([4, 0x08074b50], [4, crc], [width, sizeBytes], [width, sizeBytes]);
}

function directoryRecord({ name, flags, zip64, crc, sizeBytes, offset }: Written, stamp: Buffer): Buffer {
  // Readers that skip the local header where this one has no extra field take both to be alike.
  const extended = zip64 || offset >= max32;
  const extra = extended ? zip64Extra([sizeBytes, sizeBytes, offset]) : Buffer.alloc(0);
  const size = extended ? max32 : sizeBytes;
  return fields(
    [4, 0x02014b50],
    // Made on Unix, so that the mode below counts.
    [2, (3 << 8) | 45],
    [2, extended ? 45 : 20],
    [2, flags],
    [2, 0],
    stamp,
    [4, crc],
    [4, size],
    [4, size],
    [2, name.length],
    [2, extra.length],
    [2, 0],
    [2, 0],
    [2, 0],
    [4, 0o100644 * 0x10000],
    [4, extended ? max32 : offset],
    name,
    extra,
  );
}

function endRecords(written: readonly Written[], offset: number, sizeBytes: number): Buffer {
  const count = written.length;
  const zip64 = count >= max16 || offset >= max32 || written.some((entry) => entry.zip64);
  const extended = fields(
    [4, 0x06064b50],
    [8, 44],
    [2, 45],
    [2, 45],
    [4, 0],
    [4, 0],
    [8, count],
    [8, count],
    [8, sizeBytes],
    [8, offset],
    [4, 0x07064b50],
    [4, 0],
    [8, offset + sizeBytes],
    [4, 1],
  );
  const end = fields(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, Math.min(count, max16)],
    [2, Math.min(count, max16)],
    [4, zip64 ? max32 : sizeBytes],
    [4, zip64 ? max32 : offset],
    [2, 0],
  );
  return zip64 ? Buffer.concat([extended, end]) : end;
}

function zip64Extra(values: readonly number[]): Buffer {
  return fields([2, 1], [2, values.length * 8], ...values.map((value): Field => [8, value]));
}

/** MS-DOS time and date in UTC, to two seconds; there is nothing before 1980 and after 2107. */
function dosTime(at: Date): Buffer {
  const year = Math.min(Math.max(at.getUTCFullYear(), 1980), 2107);
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  const date = ((year - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  return fields([2, time], [2, date]);
}

type Field = readonly [widthBytes: 2 | 4 | 8, value: number] | Buffer;

function fields(...list: readonly Field[]): Buffer {
  return Buffer.concat(
    list.map((field) => {
      if (Buffer.isBuffer(field)) return field;
      const [widthBytes, value] = field;
      const bytes = Buffer.alloc(widthBytes);
      if (widthBytes === 8) bytes.writeBigUInt64LE(BigInt(value));
      else bytes.writeUIntLE(value, 0, widthBytes);
      return bytes;
    }),
  );
}
