import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { hasCode } from '../kernel/index.ts';
import { findCredentials } from './find-credentials.ts';

const secret = (user: string) =>
  JSON.stringify({ auths: { 'quay.io': { auth: Buffer.from(`${user}:word`).toString('base64') } } });

test('findCredentials() takes the file that is named, else that of the data folder, else what Docker uses', async (t) => {
  const home = await mkdtemp(join(tmpdir(), 'holdfast-credentials-'));
  t.after(() => rm(home, { recursive: true }));
  const data = join(home, 'data');
  await mkdir(data);
  const env = { HOME: home };
  const userIn = async (pullSecret: string | null) => {
    const credential = (await findCredentials({ data, pullSecret }, env)).find('quay.io', 'a/b');
    return credential && 'username' in credential ? credential.username : undefined;
  };
  assert.equal(await userIn(null), undefined);
  await mkdir(join(home, '.docker'));
  await writeFile(join(home, '.docker/config.json'), secret('docker'));
  assert.equal(await userIn(null), 'docker');
  await writeFile(join(data, 'pull-secret.json'), secret('data'));
  assert.equal(await userIn(null), 'data');
  const named = join(home, 'named.json');
  await assert.rejects(userIn(named), (error) => hasCode(error, 'config.unreadable'));
  await writeFile(named, secret('named'));
  assert.equal(await userIn(named), 'named');
});
