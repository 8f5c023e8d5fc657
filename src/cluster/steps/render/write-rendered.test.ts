import assert from 'node:assert/strict';
import { chown, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import type { RenderedFile } from '../../plan/index.ts';
import { writeRendered } from './write-rendered.ts';

let place: string;
let folder: string;
before(async () => {
  place = await mkdtemp(join(tmpdir(), 'holdfast-render-'));
});
after(() => rm(place, { recursive: true, force: true }));
beforeEach(async () => {
  folder = await mkdtemp(join(place, 'of-'));
  await rm(folder, { recursive: true });
});

const files = (entries: Record<string, string>): ReadonlyMap<string, RenderedFile> =>
  new Map(
    Object.entries(entries).map(([path, text]) => [path, { text, mode: path === 'secret' ? 0o600 : 0o644 }]),
  );
const read = (path: string) => readFile(join(folder, path), 'utf8');
const states = ({ files: all }: Awaited<ReturnType<typeof writeRendered>>) =>
  Object.fromEntries(all.map(({ path, state }) => [path, state]));
const modeOf = async (path: string) => (await stat(join(folder, path))).mode & 0o777;

test('a new folder has all files with their modes, and is for its owner alone whatever the umask', async () => {
  const umask = process.umask(0o000);
  try {
    const written = await writeRendered(folder, files({ 'dns/a.zone': 'a', secret: 's' }));
    assert.deepEqual(states(written), { 'dns/a.zone': 'new', secret: 'new' });
  } finally {
    process.umask(umask);
  }
  assert.deepEqual(await Promise.all(['', 'secret', 'dns/a.zone'].map(modeOf)), [0o700, 0o600, 0o644]);
  assert.equal(await read('dns/a.zone'), 'a');
});

test('rendering again replaces what the plan changed, removes what it has no more, and leaves other files alone', async () => {
  await writeRendered(folder, files({ 'boot/a.txt': '1', 'boot/b.txt': '1', c: '1' }));
  await writeFile(join(folder, 'boot/own.txt'), 'mine');
  const written = await writeRendered(folder, files({ 'boot/a.txt': '2', c: '1' }));
  assert.deepEqual(states(written), { 'boot/a.txt': 'changed', c: 'same' });
  assert.deepEqual(written.removed, ['boot/b.txt']);
  assert.deepEqual((await readdir(join(folder, 'boot'))).sort(), ['a.txt', 'own.txt']);
});

test('a folder that was there keeps its mode, and one of another user is refused', async (t) => {
  await mkdir(folder, { mode: 0o755 });
  await writeRendered(folder, files({ a: '1' }));
  assert.equal(await modeOf(''), 0o755);
  if (process.geteuid?.() !== 0) return t.skip('only root may give a folder away');
  await chown(folder, 65_534, 65_534);
  await assert.rejects(writeRendered(folder, files({ a: '2' })), { code: 'cluster.unwritableFolder' });
  assert.equal(await read('a'), '1');
});

test('a file that somebody changed or put there is kept and named, and nothing else is touched, but for force', async () => {
  await writeRendered(folder, files({ a: '1', b: '1' }));
  await writeFile(join(folder, 'a'), 'by hand');
  const next = files({ a: '2', b: '2' });
  await assert.rejects(writeRendered(folder, next), {
    code: 'cluster.renderConflict',
    details: { path: folder, files: 'a', count: 1 },
  });
  assert.deepEqual([await read('a'), await read('b')], ['by hand', '1']);
  await writeRendered(folder, next, { force: true });
  assert.deepEqual([await read('a'), await read('b')], ['2', '2']);
});

test('a folder that was not rendered is not taken for one', async () => {
  await mkdir(folder);
  await writeFile(join(folder, 'install-config.yaml'), 'of another cluster');
  await assert.rejects(writeRendered(folder, files({ 'install-config.yaml': 'x' })), {
    code: 'cluster.renderConflict',
  });
});

test('a memory that leads out of the folder removes nothing there', async () => {
  await writeRendered(folder, files({ a: '1' }));
  const outside = join(place, 'outside');
  await writeFile(outside, '1');
  const memory = JSON.parse(await read('.rendered.json'));
  await writeFile(join(folder, '.rendered.json'), JSON.stringify({ ...memory, '../outside': memory.a }));
  await writeRendered(folder, files({ a: '1' }));
  assert.equal(await readFile(outside, 'utf8'), '1');
});

test('where writing fails nothing is left, neither a half folder nor a draft', async () => {
  const parent = join(place, 'parent');
  await mkdir(parent);
  // A file stands where a folder has to be.
  await writeFile(join(parent, 'file'), '');
  await assert.rejects(writeRendered(join(parent, 'file', 'x'), files({ a: '1' })), {
    code: 'cluster.unwritableFolder',
  });
  assert.deepEqual(await readdir(parent), ['file']);
});
