import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import jpeg from 'jpeg-js';
import { isUniform } from '../page/save/png-colours.ts';
import { encodePng } from './encode-png.ts';
import { pngOfJpeg } from './png-of-jpeg.ts';

/** A JPEG of 16 × 8 pixels whose right half has another colour, where one is given. */
function halves(left: readonly number[], right: readonly number[]): Uint8Array {
  const data = Buffer.alloc(16 * 8 * 4);
  for (let i = 0; i < 16 * 8; i++) data.set([...(i % 16 < 8 ? left : right), 255], i * 4);
  return jpeg.encode({ width: 16, height: 8, data }, 100).data;
}

suite('pngOfJpeg()', () => {
  test('gives a PNG of the same size', async () => {
    const png = Buffer.from(await pngOfJpeg(halves([200, 0, 0], [0, 0, 200])));
    assert.equal(png.toString('latin1', 1, 4), 'PNG');
    assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [16, 8]);
    assert.equal(isUniform(png), false);
  });

  test('keeps one colour one colour', async () => {
    assert.equal(isUniform(await pngOfJpeg(halves([10, 160, 10], [10, 160, 10]))), true);
  });

  test('rejects bytes that are no JPEG', async () => {
    await assert.rejects(pngOfJpeg(Buffer.from('no picture')));
  });

  test('rejects a picture that would need too much memory', async () => {
    const bomb = Buffer.from(halves([0, 0, 0], [0, 0, 0]));
    const frame = bomb.indexOf(Buffer.from([0xff, 0xc0]));
    bomb.writeUInt16BE(65_000, frame + 5);
    bomb.writeUInt16BE(65_000, frame + 7);
    await assert.rejects(pngOfJpeg(bomb));
  });
});

suite('encodePng()', () => {
  test('writes pixels that differ as pixels that differ', () => {
    const rgb = new Uint8Array(4 * 4 * 3).fill(7);
    assert.equal(isUniform(encodePng(4, 4, rgb)), true);
    rgb[25] = 8;
    assert.equal(isUniform(encodePng(4, 4, rgb)), false);
  });
});
