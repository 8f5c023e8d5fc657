import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { open, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openDatabase } from '../../src/db/index.ts';
import { newSnapshot, storeSnapshot } from '../../src/http/testing/stored-snapshot.ts';
import { systemClock } from '../../src/kernel/index.ts';
import { createFsBlobStore } from '../../src/store/index.ts';
import { type Holdfast, newHoldfast } from '../support/holdfast.ts';
import { createTestLinks } from '../support/links.ts';

/** Keeps a page in a data folder that the program has made. */
async function keepPage(data: string, url: string, text: string, tags: string[]): Promise<string> {
  const db = openDatabase(join(data, 'holdfast.sqlite'));
  const store = await createFsBlobStore({ root: join(data, 'store') });
  const digest = await storeSnapshot(store, [
    { role: 'html', mediaType: 'text/html', bytes: `<!DOCTYPE html><p>${text}` },
    { role: 'page-text', mediaType: 'text/plain', bytes: text },
    { mediaType: 'application/octet-stream', bytes: Buffer.alloc(5_000_000, text) },
  ]);
  const { links } = createTestLinks(db, systemClock);
  const [added] = await links.add([{ url, tags }], { capture: false });
  await links.recordSnapshot(newSnapshot(added!.link.id, digest));
  await db.close();
  return digest;
}

describe('holdfast export, verify, import and receipt', () => {
  const here = newHoldfast();
  const there = newHoldfast();
  const third = newHoldfast();
  const fourth = newHoldfast();
  const carried = mkdtempSync(join(tmpdir(), 'holdfast-carried-'));
  after(() => rmSync(carried, { recursive: true, force: true }));
  const to = (name: string) => join(carried, name);
  const good = async (holdfast: Holdfast, args: readonly string[]) => {
    const ended = await holdfast.run(args);
    assert.equal(ended.code, 0, `${args.join(' ')}\n${ended.stderr}${ended.stdout}`);
    return ended;
  };
  let digest: string;
  before(async () => {
    await good(here, ['list']);
    digest = await keepPage(here.data, 'https://a.example/x', 'zebra crossing', ['ocp/4.5']);
    await keepPage(here.data, 'https://b.example/', 'other', ['else']);
  });

  test('carry a signed bundle to a data folder that has no way to the first', async () => {
    const made = await good(here, ['export', '--new-key', to('key')]);
    assert.match(made.stdout, /its public half is .*key\.pub/);
    assert.equal((await here.run(['export', '--new-key', to('key')])).code, 4);
    const args = [
      'export',
      '--tag',
      'ocp/4.5',
      '--to',
      to('one'),
      '--part-size',
      '4MiB',
      '--sign',
      to('key'),
    ];
    const told = await good(here, args);
    assert.match(told.stderr, /^1 link, 1 snapshot, \d blobs: 5\.0 MB \(\d+ bytes\)$/m);
    assert.match(told.stderr, /^Space needed in .*one: .* free: /m);
    assert.match(told.stdout, /one is complete: 2 parts/);
    assert.deepEqual((await readdir(to('one'))).sort(), [
      'bundle.json',
      'bundle.json.sig',
      'part-0001',
      'part-0002',
    ]);
    const checked = await good(there, ['verify', to('one'), '--trust', to('key.pub')]);
    assert.match(checked.stderr, /^Signed with the trusted key sha256:/m);
    const done = (await good(there, ['import', to('one'), '--trust', to('key.pub'), '--json'])).json<{
      ok: boolean;
      recorded: number;
    }>();
    assert.deepEqual([done.ok, done.recorded], [true, 1]);
    const [link] = (await good(there, ['list', 'zebra', '--json'])).json<
      { url: string; tags: string[]; job: unknown; snapshot: { digest: string } }[]
    >();
    assert.deepEqual(
      [link!.url, link!.tags, link!.job, link!.snapshot.digest],
      ['https://a.example/x', ['ocp/4.5'], null, digest],
    );
    await good(there, ['verify']);
    assert.match((await good(there, ['import', to('one')])).stderr, /signature was not checked/);
  });

  test('the signature can be checked with openssl', async () => {
    const { signature } = JSON.parse(await readFile(join(to('one'), 'bundle.json.sig'), 'utf8'));
    await writeFile(to('raw'), Buffer.from(signature, 'base64'));
    const index = join(to('one'), 'bundle.json');
    const args = ['pkeyutl', '-verify', '-pubin', '-inkey', to('key.pub'), '-rawin', '-in', index];
    assert.match(execFileSync('openssl', [...args, '-sigfile', to('raw')], { encoding: 'utf8' }), /Success/);
  });

  test('a receipt makes the next bundle carry only what is missing', async () => {
    await good(there, ['receipt', '-o', to('receipt')]);
    const told = await good(here, ['export', '--all', '--to', to('two'), '--receipt', to('receipt')]);
    assert.match(told.stderr, /^Left out by receipt: \d+ blobs \(5\.0 MB\)$/m);
    assert.equal((await good(there, ['import', to('two')])).stdout.includes('1 snapshot taken in'), true);
    const lacking = await third.run(['import', to('two')]);
    assert.equal(lacking.code, 1);
    assert.match(lacking.stdout, /was left out because a receipt said that it is here/);
    assert.match(lacking.stderr, /^Next: make a receipt of what is here/m);
  });
  test('damage is named, reported, repaired from the sender, and the exit code says so', async () => {
    await good(here, ['export', '--tag', 'else', '--to', to('three')]);
    await using part = await open(join(to('three'), 'part-0001'), 'r+');
    await part.write('damage', 4_500_000);
    const found = await here.run(['verify', to('three'), '--report', to('report')]);
    assert.equal(found.code, 1);
    assert.match(found.stdout, /^part-0001, chunk 2: damaged/m);
    assert.match(found.stdout, /^Snapshot sha256:\w+ of https:\/\/b\.example\/ needs it$/m);
    const partly = await fourth.run(['import', to('three'), '--json']);
    assert.equal(partly.code, 1);
    assert.deepEqual(
      partly.json<{ bad: { part: number; chunk: number }[] }>().bad.map((it) => [it.part, it.chunk]),
      [[1, 2]],
    );
    await good(here, ['export', '--repair', to('report'), '--to', to('repair')]);
    assert.deepEqual((await readdir(to('repair'))).sort(), ['chunks-0001', 'repair.json']);
    await good(fourth, ['import', to('three'), '--repair', to('repair')]);
    await good(fourth, ['verify']);
  });

  test('refuse what they cannot do, with the reason and the next step', async () => {
    const cases: [string[], number, RegExp][] = [
      [['export', '--all'], 2, /"--to" is missing/],
      [['export', '--to', to('x')], 2, /Name links, tags with --tag, or everything with --all/],
      [['export', '--tag', 'nobody', '--to', to('x')], 3, /Nothing is to be carried: tag "nobody"/],
      [['export', '--all', '--to', to('two')], 4, /holds something else already: "bundle.json"/],
      [['verify', to('two'), '--trust', to('key.pub')], 5, /is not signed/],
      [['import', to('nowhere')], 3, /holds no bundle: it has no bundle\.json/],
      [['import', to('one'), '--lang', 'zh-CN', '--trust', to('receipt')], 2, /不是可在此使用的密钥/],
    ];
    for (const [args, code, message] of cases) {
      const ended = await here.run(args);
      assert.equal(ended.code, code, `${args.join(' ')}\n${ended.stderr}`);
      assert.match(ended.stderr, message);
    }
  });
});
