import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { HoldfastError, hasCode } from '../../kernel/index.ts';
import { field } from './block.ts';
import { writePax } from './pax.ts';
import { readTar } from './read-tar.ts';
import { forged, inPieces, tarOf, textOf } from './testing/tar-bytes.ts';
import { type TarHeader, tarEnd, tarEntryBytes, tarHeader, tarPadding } from './write-tar.ts';

const archive = 'a.tar';
const readAll = async (bytes: Uint8Array, pieceBytes = 700, maxEntries?: number) => {
  const found = [];
  for await (const { body, offset: _, ...entry } of readTar(inPieces(bytes, pieceBytes), {
    archive,
    ...(maxEntries !== undefined && { maxEntries }),
  }))
    found.push({ ...entry, content: await textOf(body) });
  return found;
};
const refuses = (bytes: Uint8Array, code: string, fault: RegExp) =>
  assert.rejects(readAll(bytes), (error) => hasCode(error, code) && fault.test(error.message), String(fault));
const withPax = (records: Record<string, string>, header: TarHeader) => {
  const pax = writePax(records);
  const before = forged({ path: 'pax', sizeBytes: pax.length }, (block) => block.write('x', field.type[0]));
  return Buffer.concat([before, pax, tarPadding(pax.length), tarHeader(header)]);
};
const gnuLong = (flag: 'K' | 'L', path: string) =>
  Buffer.concat([
    forged({ path: '././@LongLink', sizeBytes: path.length + 1 }, (block) =>
      block.write(flag, field.type[0]),
    ),
    Buffer.from(`${path}\0`),
    tarPadding(path.length + 1),
  ]);

describe('readTar()', () => {
  test('gives entries of any length and name as they were written, whatever pieces they come in', async () => {
    const name = fc.stringMatching(/^[a-zé中. -]{1,90}$/).filter((part) => part !== '.' && part !== '..');
    const path = fc.array(name, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'));
    const entry = fc.record({ path, content: fc.string({ maxLength: 1500 }), mode: fc.nat(0o7777) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(entry, { maxLength: 6 }),
        fc.integer({ min: 1, max: 3000 }),
        async (entries, size) => {
          const written = entries.map(({ path, mode, content }) => [{ path, mode }, content] as const);
          const bytes = await tarOf(...written);
          const wanted = entries.map(({ path, mode, content }) => ({
            path,
            mode,
            content,
            type: 'file',
            sizeBytes: Buffer.byteLength(content),
            linkPath: undefined,
          }));
          assert.deepEqual(await readAll(bytes, size), wanted);
          const sizes = written.map(([header, content]) =>
            tarEntryBytes({ ...header, sizeBytes: Buffer.byteLength(content) }),
          );
          assert.equal(
            bytes.length,
            sizes.reduce((sum, size) => sum + size, 1024),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  test('tells directories and links, and passes over a body that nobody reads', async () => {
    const long = `${'d/'.repeat(80)}target`;
    const bytes = await tarOf(
      [{ path: './d/', type: 'directory' }],
      [{ path: 'd/file', mode: 0o600 }, 'x'.repeat(5000)],
      [{ path: 'soft', type: 'symlink', linkPath: '../../anywhere' }],
      [{ path: 'hard', type: 'hardlink', linkPath: long }],
    );
    const found = [];
    for await (const { path, type, linkPath } of readTar(inPieces(bytes, 99), { archive }))
      found.push([path, type, linkPath]);
    assert.deepEqual(found, [
      ['d', 'directory', undefined],
      ['d/file', 'file', undefined],
      ['soft', 'symlink', '../../anywhere'],
      ['hard', 'hardlink', long],
    ]);
  });

  test('takes size and path from a pax header, and long names as GNU writes them', async () => {
    const long = 'n'.repeat(300);
    const bytes = Buffer.concat([
      withPax({ mtime: '1.5', path: '/p/./x', size: '3' }, { path: 'other' }),
      Buffer.from('abc'),
      tarPadding(3),
      gnuLong('K', `${long}/k`),
      gnuLong('L', long),
      tarHeader({ path: 'cut', type: 'symlink', linkPath: 'cut' }),
      tarEnd,
    ]);
    assert.deepEqual(
      (await readAll(bytes)).map(({ path, linkPath, content }) => [path, linkPath, content]),
      [
        ['p/x', undefined, 'abc'],
        [long, `${long}/k`, ''],
      ],
    );
  });

  test('writes 8 GiB and more with a pax size that it reads again', async () => {
    const sizeBytes = 9 * 1024 ** 3;
    const entries = readTar(inPieces(tarHeader({ path: 'big', sizeBytes }), 512), { archive });
    assert.equal((await entries.next()).value?.sizeBytes, sizeBytes);
    await assert.rejects(
      entries.next(),
      (error) => hasCode(error, 'images.truncatedTar') && /"big"/.test(error.message),
    );
  });

  test('refuses paths that climb, and links out of the archive', async () => {
    const at = (header: TarHeader, path: string, where: 'name' | 'link' = 'name') =>
      Buffer.concat([
        forged(header, (block) => block.fill(0, ...field[where]).write(path, field[where][0])),
        tarEnd,
      ]);
    for (const path of ['../x', 'a/../../x', '/..', 'a/..', ''])
      await refuses(at({ path: 'x' }, path), 'images.unsafeTarEntry', /climbs/);
    await refuses(
      Buffer.concat([withPax({ path: 'a/../../b' }, { path: 'x' }), tarEnd]),
      'images.unsafeTarEntry',
      /climbs/,
    );
    await refuses(
      at({ path: 'x', type: 'hardlink', linkPath: 'y' }, '../y', 'link'),
      'images.unsafeTarEntry',
      /links/,
    );
    await refuses(
      Buffer.concat([
        forged({ path: 'd', type: 'directory' }, (block) => block.write('00000000777', 124)),
        tarEnd,
      ]),
      'images.unsafeTarEntry',
      /has a body/,
    );
  });

  test('refuses what two programs would read in two ways', async () => {
    const odd = (flag: string) =>
      Buffer.concat([forged({ path: 'x' }, (block) => block.write(flag, field.type[0])), tarEnd]);
    const pax = withPax({ path: 'a' }, { path: 'x' });
    const cases: [Uint8Array, RegExp][] = [
      [odd('S'), /unknown type "S"/],
      [odd('V'), /unknown type/],
      [Buffer.concat([pax.subarray(0, 1024), pax, tarEnd]), /two extended headers/],
      [Buffer.concat([pax.subarray(0, 1024), tarEnd]), /followed by no entry/],
      [Buffer.concat([gnuLong('L', 'b'), pax, tarEnd]), /two names/],
      [Buffer.concat([withPax({ 'GNU.sparse.major': '1' }, { path: 'x' }), tarEnd]), /sparse/],
      [Buffer.concat([withPax({ size: '-1' }, { path: 'x' }), tarEnd]), /size in an extended/],
      [Buffer.concat([withPax({ size: '9'.repeat(17) }, { path: 'x' }), tarEnd]), /size in an extended/],
      [
        Buffer.concat([tarHeader({ path: 'x' }), new Uint8Array(512), tarHeader({ path: 'y' })]),
        /empty block/,
      ],
      [
        Buffer.concat([forged({ path: 'x' }, (block) => block.write('8', field.size[0])), tarEnd]),
        /size of an entry/,
      ],
      [
        Buffer.concat([forged({ path: 'x' }, (block) => block.fill(0xff, ...field.size)), tarEnd]),
        /size of an entry/,
      ],
      [
        Buffer.concat([forged({ path: 'x', sizeBytes: 2 ** 30 }, (block) => block.write('x', 156)), tarEnd]),
        /too long/,
      ],
      [
        Buffer.concat([forged({ path: 'x' }, (block) => block.write('mystar', 257)), tarEnd]),
        /no known kind/,
      ],
    ];
    for (const [bytes, fault] of cases) await refuses(bytes, 'images.malformedTar', fault);
  });

  test('names the entry in which an archive ends, and the end where that is missing', async () => {
    const bytes = await tarOf([{ path: 'whole' }, 'x'], [{ path: 'half' }, 'y'.repeat(4000)]);
    await refuses(bytes.subarray(0, 3000), 'images.truncatedTar', /entry "half"/);
    await refuses(bytes.subarray(0, bytes.length - 1024), 'images.truncatedTar', /end of the archive/);
    await refuses(bytes.subarray(0, bytes.length - 512), 'images.truncatedTar', /end of the archive/);
    await refuses(new Uint8Array(0), 'images.truncatedTar', /end of the archive/);
    await refuses(Buffer.alloc(700, 'x'), 'images.malformedTar', /checksum/);
    await refuses(gzipSync(bytes), 'images.compressedTar', /gzip/);
  });

  test('reads no more entries than it is told', async () => {
    const bytes = await tarOf(...Array.from({ length: 5 }, (_, at) => [{ path: `f${at}` }] as const));
    assert.equal((await readAll(bytes, 512, 5)).length, 5);
    await assert.rejects(readAll(bytes, 512, 4), (error) => hasCode(error, 'images.malformedTar'));
  });

  test('reads its source to the end after the last entry, and lets go of it when left early', async () => {
    let taken = 0;
    let closed = false;
    const bytes = Buffer.concat([
      await tarOf([{ path: 'a' }, 'x'], [{ path: 'b' }, 'y']),
      Buffer.alloc(20_480),
    ]);
    async function* counted() {
      try {
        for await (const piece of inPieces(bytes, 1000)) {
          taken += piece.length;
          yield piece;
        }
      } finally {
        closed = true;
      }
    }
    assert.equal((await Array.fromAsync(readTar(counted(), { archive }))).length, 2);
    assert.equal(taken, bytes.length);
    closed = false;
    for await (const _ of readTar(counted(), { archive })) break;
    assert.ok(closed);
  });

  test('ends on damaged bytes with an error of its own or with entries whose bodies have their size', async () => {
    const sound = Buffer.concat([
      await tarOf(
        [{ path: 'a' }, 'x'.repeat(600)],
        [{ path: 'é'.repeat(90) }, 'y'],
        [{ path: 'd', type: 'directory' }],
      ),
    ]);
    const damage = fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(damage, fc.nat(sound.length), fc.boolean(), async (changes, cut, repair) => {
        const bytes = Buffer.from(sound);
        for (const [at, value] of changes) bytes[at] = value;
        if (repair)
          bytes.set(
            forged({ path: 'x' }, (block) => block.set(bytes.subarray(0, 512))),
            0,
          );
        try {
          for (const { sizeBytes, path, content } of await readAll(bytes.subarray(0, cut), 5000)) {
            assert.ok(Buffer.byteLength(content) >= sizeBytes);
            assert.ok(!path.split('/').includes('..') && !path.startsWith('/'));
          }
        } catch (error) {
          assert.ok(error instanceof HoldfastError, String(error));
        }
      }),
      { numRuns: 400 },
    );
  });
});
