import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { hasCode } from '../kernel/index.ts';
import { findReleaseKeys } from './find-release-keys.ts';

test('release keys are read from the file that is named, and one without keys is refused', async () => {
  assert.deepEqual(await findReleaseKeys({ releaseKeys: null }), []);
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-keys-'));
  try {
    const releaseKeys = join(folder, 'keys.asc');
    const refused = () =>
      assert.rejects(findReleaseKeys({ releaseKeys }), (error) => hasCode(error, 'config.unreadable'));
    await refused();
    await writeFile(releaseKeys, 'no key');
    await refused();
    const key = '-----BEGIN PGP PUBLIC KEY BLOCK-----\n…';
    await writeFile(releaseKeys, key);
    assert.deepEqual(await findReleaseKeys({ releaseKeys }), [key]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
