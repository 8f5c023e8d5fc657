import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { once } from '../byte-streams.ts';
import { type ZipEntry, zip } from './zip.ts';

const modifiedAt = new Date('2026-03-04T05:06:08Z');
const entries: ZipEntry[] = [
  { name: 'folder/known.txt', content: Buffer.from('known size') },
  { name: 'streamed.bin', content: once(Buffer.alloc(100_000, 'streamed ')) },
  { name: 'large.bin', content: once(Buffer.from('as if it were large')), mayBeLarge: true },
  { name: 'known-large.bin', content: Buffer.from('known and large'), mayBeLarge: true },
  { name: 'empty', content: Buffer.alloc(0) },
];

/** Runs a program on the archive; undefined where the machine does not have it. */
function run(command: string, args: readonly string[]): string | undefined {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

test('unzip and python read every entry, zip64 or not, with size, checksum and time', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-zip-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'a.zip');
  writeFileSync(file, await buffer(zip(entries, modifiedAt)));
  const python = run('python3', [
    '-c',
    `import json, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
print(json.dumps([[i.filename, i.file_size, list(i.date_time), z.read(i).decode()[:20]] for i in z.infolist()]))`,
    file,
  ]);
  const unzip = run('unzip', ['-t', file]);
  if (python === undefined && unzip === undefined) return t.skip('neither python3 nor unzip is installed');
  if (unzip !== undefined) assert.match(unzip, /No errors detected/);
  if (python === undefined) return;
  const time = [2026, 3, 4, 5, 6, 8];
  assert.deepEqual(JSON.parse(python), [
    ['folder/known.txt', 10, time, 'known size'],
    ['streamed.bin', 100_000, time, 'streamed streamed st'],
    ['large.bin', 19, time, 'as if it were large'],
    ['known-large.bin', 15, time, 'known and large'],
    ['empty', 0, time, ''],
  ]);
});

test('an entry is asked for only when the one before is written whole', async () => {
  let written = 0;
  async function* inTurn(): AsyncGenerator<ZipEntry> {
    async function* first() {
      yield Buffer.from('one');
      written = 3;
    }
    yield { name: 'a', content: first() };
    yield { name: 'b', content: Buffer.from(`a has ${written} bytes`) };
  }
  assert.match((await buffer(zip(inTurn(), modifiedAt))).toString('latin1'), /a has 3 bytes/);
});
