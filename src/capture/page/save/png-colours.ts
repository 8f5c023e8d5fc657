import { inflateSync } from 'node:zlib';

/** True where all pixels of an 8-bit PNG (W3C PNG, third edition) without interlacing have the same colour. */
export function isUniform(png: Uint8Array): boolean {
  const bytes = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  const width = bytes.readUInt32BE(16);
  const height = bytes.readUInt32BE(20);
  const colourType = bytes[25]!;
  const channels = { 0: 1, 2: 3, 4: 2, 6: 4 }[colourType];
  if (bytes[24] !== 8 || channels === undefined || bytes[28] !== 0) return false;
  const data: Buffer[] = [];
  for (let at = 8; at + 8 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(bytes.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const rows = inflateSync(Buffer.concat(data), { maxOutputLength: (width * channels + 1) * height });
  return sameEverywhere(rows, width * channels, channels);
}

/** Undoes the row filters and compares every pixel with the first. */
function sameEverywhere(rows: Buffer, stride: number, channels: number): boolean {
  let above = Buffer.alloc(stride);
  const first = rows.subarray(1, 1 + channels);
  for (let at = 0; at < rows.length; at += stride + 1) {
    const filter = rows[at]!;
    const row = Buffer.from(rows.subarray(at + 1, at + 1 + stride));
    for (let x = 0; x < stride; x++) {
      const left = x >= channels ? row[x - channels]! : 0;
      const corner = x >= channels ? above[x - channels]! : 0;
      row[x] = row[x]! + predict(filter, left, above[x]!, corner);
      if (row[x] !== first[x % channels]) return false;
    }
    above = row;
  }
  return true;
}

function predict(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const toLeft = Math.abs(up - corner);
  const toUp = Math.abs(left - corner);
  const toCorner = Math.abs(left + up - 2 * corner);
  return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
}
