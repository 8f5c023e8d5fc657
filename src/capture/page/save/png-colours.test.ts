import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import { isUniform } from './png-colours.ts';

interface Options {
  readonly colourType?: number;
  readonly depth?: number;
  readonly interlaced?: boolean;
  readonly filter?: number;
  /** Into how many chunks the pixels are cut. */
  readonly pieces?: number;
}

/** Encodes rows of samples as PNG (W3C PNG, third edition), each row with the same filter. */
function png(rows: readonly (readonly number[])[], options: Options = {}): Buffer {
  const { colourType = 2, depth = 8, interlaced = false, filter = 0, pieces = 1 } = options;
  const channels = { 0: 1, 2: 3, 4: 2, 6: 4 }[colourType] ?? 1;
  const chunk = (type: string, data: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(data.length, 0);
    ends.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(rows[0]!.length / channels, 0);
  header.writeUInt32BE(rows.length, 4);
  header.set([depth, colourType, 0, 0, interlaced ? 1 : 0], 8);
  const filtered = rows.map((row, y) => [
    filter,
    ...row.map((value, x) => {
      const left = row[x - channels] ?? 0;
      const up = rows[y - 1]?.[x] ?? 0;
      const corner = x < channels ? 0 : (rows[y - 1]?.[x - channels] ?? 0);
      const guess = left + up - corner;
      const nearest = [left, up, corner].toSorted((a, b) => Math.abs(guess - a) - Math.abs(guess - b))[0]!;
      return (value - [0, left, up, (left + up) >> 1, nearest][filter]!) & 255;
    }),
  ]);
  const data = deflateSync(Buffer.from(filtered.flat()));
  const size = Math.ceil(data.length / pieces);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('tEXt', Buffer.from('IDAT')),
    ...Array.from({ length: pieces }, (_, i) => chunk('IDAT', data.subarray(i * size, (i + 1) * size))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const pixels = (width: number, height: number, colour: readonly number[]) =>
  Array.from({ length: height }, () => Array.from({ length: width }, () => colour).flat());

test('isUniform() tells one colour from several, by every filter and kind of colour', () => {
  for (const [colourType, colour] of [
    [0, [7]],
    [2, [255, 254, 3]],
    [4, [9, 255]],
    [6, [1, 2, 3, 4]],
  ] as const)
    for (const filter of [0, 1, 2, 3, 4]) {
      const rows = pixels(5, 4, colour);
      const options = { colourType, filter, pieces: 3 };
      assert.equal(isUniform(png(rows, options)), true, JSON.stringify(options));
      for (const [y, x] of [
        [0, colour.length],
        [3, rows[0]!.length - 1],
        [2, 0],
      ] as const) {
        const other = rows.map((row) => [...row]);
        other[y]![x]! ^= 1;
        assert.equal(isUniform(png(other, options)), false, `${JSON.stringify(options)} ${y} ${x}`);
      }
    }
});

test('isUniform() says nothing of pictures of other kinds', () => {
  const rows = pixels(2, 2, [1, 1, 1]);
  assert.equal(isUniform(png(rows, { interlaced: true })), false);
  assert.equal(isUniform(png(rows, { depth: 16 })), false);
  assert.equal(isUniform(png(pixels(2, 2, [1]), { colourType: 3 })), false);
});
