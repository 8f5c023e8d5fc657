import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** Pixels as RGBA, four bytes each. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** A PNG (8-bit RGB) whose pixels `at` gives; `level` 0 leaves it uncompressed, for big pictures. */
export function encodePng(
  width: number,
  height: number,
  at: (x: number, y: number) => readonly [number, number, number],
  level = 9,
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const raw = Buffer.alloc(height * (width * 3 + 1));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) raw.set(at(x, y), y * (width * 3 + 1) + 1 + x * 3);
  }
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(raw, { level })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function paeth(a: number, b: number, c: number): number {
  const p = a + b - c;
  const pa = Math.abs(p - a);
  const pb = Math.abs(p - b);
  const pc = Math.abs(p - c);
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

/** Undoes the filter of each row (PNG specification, 9.2); a loop for each, since screenshots have millions of bytes. */
function unfilter(raw: Uint8Array, height: number, stride: number, step: number): Uint8Array {
  const out = new Uint8Array(height * stride);
  const above = new Uint8Array(stride);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)]!;
    const from = y * (stride + 1) + 1;
    const row = out.subarray(y * stride, (y + 1) * stride);
    const up = y > 0 ? out.subarray((y - 1) * stride, y * stride) : above;
    row.set(raw.subarray(from, from + stride));
    if (filter > 4) throw new Error(`PNG has the unknown filter ${filter}`);
    if (filter === 2 || filter === 3 || filter === 4)
      for (let i = 0; i < step; i++) row[i]! += filter === 3 ? up[i]! >> 1 : up[i]!;
    if (filter === 1) for (let i = step; i < stride; i++) row[i]! += row[i - step]!;
    if (filter === 2) for (let i = step; i < stride; i++) row[i]! += up[i]!;
    if (filter === 3) for (let i = step; i < stride; i++) row[i]! += (row[i - step]! + up[i]!) >> 1;
    if (filter === 4)
      for (let i = step; i < stride; i++) row[i]! += paeth(row[i - step]!, up[i]!, up[i - step]!);
  }
  return out;
}

/** Reads a PNG as browsers write screenshots (8-bit RGB or RGBA, not interlaced); throws for any other. */
export function decodePng(bytes: Uint8Array): Bitmap {
  const png = Buffer.from(bytes);
  if (!png.subarray(0, 8).equals(signature)) throw new Error('Bytes are not a PNG');
  const data: Buffer[] = [];
  for (let at = 8; at + 8 <= png.length; at += png.readUInt32BE(at) + 12) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const [width, height, depth, colour, interlaced] = [
    png.readUInt32BE(16),
    png.readUInt32BE(20),
    png[24],
    png[25],
    png[28],
  ];
  if (depth !== 8 || (colour !== 2 && colour !== 6) || interlaced !== 0) {
    throw new Error(`PNG of depth ${depth}, colour type ${colour} is not read here`);
  }
  const step = colour === 6 ? 4 : 3;
  const flat = unfilter(inflateSync(Buffer.concat(data)), height, width * step, step);
  if (step === 4) return { width, height, rgba: flat };
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let from = 0, to = 0; from < flat.length; from += 3, to += 4) {
    rgba[to] = flat[from]!;
    rgba[to + 1] = flat[from + 1]!;
    rgba[to + 2] = flat[from + 2]!;
  }
  return { width, height, rgba };
}
