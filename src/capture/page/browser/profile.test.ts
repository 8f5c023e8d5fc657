import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { chown, mkdir, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const tmp = mkdtempSync(join(tmpdir(), 'holdfast-sweep-'));
process.env.TMPDIR = tmp;
after(() => rmSync(tmp, { recursive: true, force: true }));
const { makeProfile, sweepProfiles } = await import('./profile.ts');

/** No process has this id: it is above what the kernel gives out. */
const gone = 2 ** 22 + 7;

test('sweepProfiles() removes the profiles of processes that are gone, and no others', async () => {
  const live = await makeProfile();
  const left = join(tmp, `holdfast-browser-${gone}-left`);
  await mkdir(join(left, 'Default'), { recursive: true });
  await sweepProfiles();
  assert.equal(existsSync(live), true);
  assert.equal(existsSync(left), false);
});

test('sweepProfiles() touches nothing that is no folder of ours', async () => {
  const precious = join(tmp, 'precious');
  await mkdir(precious);
  await writeFile(join(precious, 'file'), 'x');
  const link = join(tmp, `holdfast-browser-${gone}-link`);
  await symlink(precious, link);
  await sweepProfiles();
  assert.equal(existsSync(join(precious, 'file')), true);
  assert.equal(existsSync(link), true);
});

test('sweepProfiles() leaves a folder alone that another user put there', {
  skip: process.getuid?.() !== 0 && 'only root can give a folder away',
}, async () => {
  const theirs = join(tmp, `holdfast-browser-${gone}-theirs`);
  await mkdir(theirs);
  await chown(theirs, 12_345, 12_345);
  await sweepProfiles();
  assert.equal(existsSync(theirs), true);
});
