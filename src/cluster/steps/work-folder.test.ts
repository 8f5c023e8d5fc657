import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openWorkFolder } from './work-folder.ts';

let place: string;
before(async () => {
  place = await mkdtemp(join(tmpdir(), 'holdfast-work-'));
});
after(() => rm(place, { recursive: true, force: true }));
const modeOf = async (path: string) => (await stat(path)).mode & 0o7777;

test('a folder that others use is refused as a work folder, and stays as open as it was', async () => {
  const shared = join(place, 'shared');
  await mkdir(shared);
  await writeFile(join(shared, 'of-somebody'), '');
  await chmod(shared, 0o1777);
  await assert.rejects(openWorkFolder(shared), { code: 'cluster.badWorkFolder' });
  assert.equal(await modeOf(shared), 0o1777);
});

test('an empty folder becomes a work folder that its owner alone may enter, and is one again', async () => {
  const empty = join(place, 'empty');
  await mkdir(empty, { mode: 0o755 });
  await openWorkFolder(empty);
  await openWorkFolder(empty);
  assert.equal(await modeOf(empty), 0o700);
});
