import assert from 'node:assert/strict';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { hasCode } from '../../kernel/index.ts';
import { indexTar } from './index-tar.ts';
import { openRandomAccess } from './random-access.ts';
import { inPieces, tarOf, textOf } from './testing/tar-bytes.ts';
import { tarEnd, tarEntry, tarHeader } from './write-tar.ts';

const folder = await mkdtemp(join(tmpdir(), 'holdfast-tar-'));
after(() => rm(folder, { recursive: true }));
let made = 0;
const fileOf = async (bytes: Uint8Array) => {
  const path = join(folder, `${made++}.tar`);
  await writeFile(path, bytes);
  return path;
};
const refuses = async (bytes: Uint8Array, code: string, fault: RegExp) => {
  await using archive = await openRandomAccess(await fileOf(bytes));
  await assert.rejects(
    indexTar(archive),
    (error) => hasCode(error, code) && fault.test(error.message),
    String(fault),
  );
};

describe('indexTar()', () => {
  test('finds every entry and reads any part of its body', async () => {
    const big = Buffer.alloc(3_000_000, 'abcdefg');
    await using archive = await openRandomAccess(
      await fileOf(
        await tarOf(
          [{ path: 'd', type: 'directory' }],
          [{ path: 'd/small' }, 'hello'],
          [{ path: 'big' }, big],
        ),
      ),
    );
    const { entries, read } = await indexTar(archive);
    assert.deepEqual([...entries.keys()], ['d', 'd/small', 'big']);
    assert.equal(await textOf(read(entries.get('d/small')!, 1, 4)), 'ell');
    assert.equal(await textOf(read(entries.get('big')!, 2_999_990)), big.subarray(2_999_990).toString());
    assert.equal(await textOf(read(entries.get('big')!)), big.toString());
  });

  test('passes over bodies: headers far apart are each read once, and no body is', async () => {
    const pieces = await Array.fromAsync({ length: 20 }, (_, at) =>
      tarOf([{ path: `f${at}` }, Buffer.alloc(500_000)]),
    );
    const bytes = Buffer.concat([...pieces.map((piece) => piece.subarray(0, -1024)), tarEnd]);
    let readBytes = 0;
    const { entries } = await indexTar({
      name: 'counted',
      sizeBytes: bytes.length,
      read: async (into, at) => {
        const part = bytes.subarray(at, at + into.length);
        into.set(part);
        readBytes += part.length;
        return part.length;
      },
      close: async () => {},
      [Symbol.asyncDispose]: async () => {},
    });
    assert.equal(entries.size, 20);
    assert.ok(readBytes < bytes.length / 5, `${readBytes} of ${bytes.length} bytes were read`);
  });

  test('refuses links, names given twice, sizes that lie and files cut short', async () => {
    await refuses(
      await tarOf([{ path: 'l', type: 'symlink', linkPath: 'x' }]),
      'images.unsafeTarEntry',
      /symlink/,
    );
    await refuses(
      await tarOf([{ path: 'a' }, '1'], [{ path: './a' }, '2']),
      'images.unsafeTarEntry',
      /twice/,
    );
    await refuses(
      Buffer.concat([tarHeader({ path: 'liar', sizeBytes: 2 ** 40 }), tarEnd]),
      'images.truncatedTar',
      /"liar"/,
    );
    await refuses(
      Buffer.concat([tarHeader({ path: 'short', sizeBytes: 10 }), Buffer.alloc(2048, 'x'), tarEnd]),
      'images.malformedTar',
      /checksum/,
    );
    const whole = await tarOf([{ path: 'a' }, 'x'.repeat(2000)]);
    await refuses(whole.subarray(0, 1500), 'images.truncatedTar', /entry "a"/);
  });

  test('names the entry whose file is cut while it is read', async () => {
    const path = await fileOf(await tarOf([{ path: 'a' }, 'x'.repeat(2000)]));
    await using archive = await openRandomAccess(path);
    const { entries, read } = await indexTar(archive);
    await truncate(path, 1500);
    await assert.rejects(textOf(read(entries.get('a')!)), (error) => hasCode(error, 'images.truncatedTar'));
  });
});

test('tarEntry() refuses a body of another size than announced', async () => {
  for (const content of ['shrt', 'longer'])
    await assert.rejects(
      Array.fromAsync(tarEntry({ path: 'a', sizeBytes: 5 }, inPieces(Buffer.from(content), 2))),
      (error) => hasCode(error, 'images.unwritableTarEntry'),
    );
  assert.throws(
    () => tarHeader({ path: '../a' }),
    (error) => hasCode(error, 'images.unwritableTarEntry'),
  );
});
