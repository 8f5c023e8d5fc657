import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { hasCode } from '../kernel/index.ts';
import { readOrMakeSecret } from './secret-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-secret-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('readOrMakeSecret() makes the file once, for its owner alone, and leaves no draft', () => {
  const path = join(folder, 'made', 'key');
  const first = readOrMakeSecret(path, () => 'one', Boolean);
  const second = readOrMakeSecret(path, () => 'two', Boolean);
  assert.deepEqual([first, second], ['one', 'one']);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(join(folder, 'made')), ['key']);
});

test('readOrMakeSecret() takes what another process made in between', () => {
  const path = join(folder, 'raced');
  const got = readOrMakeSecret(
    path,
    () => {
      writeFileSync(path, 'theirs\n');
      return 'ours';
    },
    Boolean,
  );
  assert.equal(got, 'theirs');
});

test('readOrMakeSecret() refuses a damaged file by its name', () => {
  const path = join(folder, 'empty');
  writeFileSync(path, '');
  assert.throws(
    () => readOrMakeSecret(path, () => 'x', Boolean),
    (error) => hasCode(error, 'auth.badSecretFile') && error.message.includes(path),
  );
});
