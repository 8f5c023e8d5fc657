import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { type Ended, newHoldfast, serveSite } from '../support/holdfast.ts';

interface LinkJson {
  id: string;
  url: string;
  title: string;
  snapshot: { id: string; digest: string; verdict: string; takenAt: string; formats: string[] };
  snapshotCount: number;
  snapshots?: { id: string; verdict: string }[];
}

const page = `<!doctype html><meta charset=utf-8><title>离线安装指南</title>
<style>h1{color:rgb(1,2,3)}</style><h1>离线安装指南</h1><p>${'镜像仓库 mirror registry 与负载均衡。'.repeat(20)}</p>`;

describe('captures on the command line', () => {
  const { run, start, data, pids } = newHoldfast();
  let origin: string;
  let link: LinkJson;
  const files = join(data, 'taken');

  before(async () => {
    origin = await serveSite((request, response) => {
      if (request.url === '/gone') response.writeHead(404).end('<h1>There is nothing here</h1>'.repeat(20));
      else if (request.url !== '/hangs') response.setHeader('content-type', 'text/html').end(page);
    });
    mkdirSync(files);
  });

  const blobOf = (digest: string) => join(data, 'store/blobs', digest.replace(':', '/'));

  test('add --wait takes the snapshot in this process and gives it in the shape that scripts read', async () => {
    const added = await run(['add', `${origin}/guide`, '--wait', '--json']);
    assert.equal(added.code, 0, added.stderr);
    [link] = added.json<[LinkJson]>();
    assert.equal(link.url, `${origin}/guide`);
    assert.equal(link.snapshot.verdict, 'good');
    assert.match(link.snapshot.digest, /^sha256:[0-9a-f]{64}$/);
    assert.equal(new Date(link.snapshot.takenAt).toISOString(), link.snapshot.takenAt);
    for (const format of ['html', 'png', 'text', 'md', 'wacz'])
      assert.ok(link.snapshot.formats.includes(format), format);
    // Not a terminal, so there is nothing to draw with.
    assert.ok(!`${added.stdout}${added.stderr}`.includes('\x1b'));
  });

  test('add --wait of a link with a good snapshot tells it and the way to another one', async () => {
    const { code, stdout, stderr } = await run(['add', `${origin}/guide`, '--wait']);
    assert.deepEqual([code, stdout], [0, `known      ${link.snapshot.id} ${origin}/guide\n`]);
    assert.match(stderr, new RegExp(`holdfast snapshot ${link.id} --wait`));
  });

  test('the text of the snapshot is found by words of either language', async () => {
    for (const query of ['负载', '离线', 'registry'])
      assert.deepEqual(
        (await run(['list', query, '--json'])).json<LinkJson[]>().map((it) => it.id),
        [link.id],
        query,
      );
  });

  test('get gives every form, by the id of the snapshot, its digest, its link or the beginning of one', async () => {
    const text = await run(['get', link.snapshot.id, '--as', 'text']);
    assert.match(text.stdout, /镜像仓库 mirror registry/);
    assert.equal((await run(['get', link.snapshot.digest, '--as', 'text'])).stdout, text.stdout);
    assert.equal((await run(['get', link.id, '--as', 'text'])).stdout, text.stdout);
    assert.match((await run(['get', link.id, '--as', 'md'])).stdout, /^# 离线安装指南/m);
    assert.match((await run(['get', link.id, '--as', 'html'])).stdout, /rgb\(1, ?2, ?3\)/);
    const starts = { png: '\x89PNG', pdf: '%PDF-', wacz: 'PK\x03\x04' };
    for (const [format, magic] of Object.entries(starts)) {
      const got = await run(['get', link.id, '--as', format, '-o', join(files, format)]);
      assert.equal(got.code, 0, got.stderr);
      assert.ok(readFileSync(join(files, format), 'latin1').startsWith(magic), format);
    }
  });

  test('get -o names the file in a folder, and never leaves half a file', async () => {
    const folder = join(files, 'folder/');
    const got = await run(['get', link.id, '--as', 'html', '-o', folder, '--json']);
    const [name, ...others] = readdirSync(folder);
    assert.deepEqual([name?.endsWith('.html'), others.length], [true, 0]);
    assert.equal(got.json<{ sizeBytes: number }>().sizeBytes, readFileSync(join(folder, name!)).length);
    assert.equal((await run(['get', link.id, '--as', 'html', '-o', join(files, 'no/such/x')])).code, 7);
    assert.equal((await run(['get', link.id, '--as', 'file', '-o', join(files, 'none')])).code, 3);
    assert.ok(!existsSync(join(files, 'none')));
  });

  test('get refuses to garble a terminal, and is no error where the reader has seen enough', async () => {
    const env = { ...process.env, HOLDFAST_DATA: data, HOLDFAST_LANG: 'en' };
    const shell = (command: string) =>
      promisify(execFile)('/bin/bash', ['-o', 'pipefail', '-c', command], { env });
    const garbled = await shell(
      `script -qec 'bin/holdfast get ${link.id} --as png' /dev/null </dev/null || true`,
    );
    assert.match(garbled.stdout, /Format "png" is not text/);
    const head = await shell(`bin/holdfast get ${link.id} --as html | head -c 10`);
    assert.equal(head.stdout.length, 10);
    assert.equal(head.stderr, '');
  });

  test('a page that is not there ends with 1 and its evidence, and its link shows the verdict', async () => {
    const { code, stdout } = await run(['add', `${origin}/gone`, '--wait']);
    assert.equal(code, 1);
    assert.match(stdout, /^not found +\w{26} .*\/gone\n.*status 404/);
  });

  test('an address that may not be reached fails with the range to allow', async () => {
    const refused = await run(['add', `${origin}/private`, '--wait'], { env: { HOLDFAST_EGRESS_ALLOW: '' } });
    assert.equal(refused.code, 1);
    assert.match(refused.stdout, /^failed/);
    assert.match(refused.stdout, /127\.0\.0\.1/);
  });

  test('snapshot --wait adds to the timeline, and show tells it', async () => {
    const again = await run(['snapshot', link.id.slice(0, 25), '--wait', '--json']);
    assert.equal(again.code, 0, again.stderr);
    const [changed] = again.json<[LinkJson]>();
    assert.notEqual(changed.snapshot.id, link.snapshot.id);
    assert.equal(changed.snapshotCount, 2);
    const shown = (await run(['show', link.snapshot.id, '--json'])).json<LinkJson>();
    assert.equal(shown.snapshot.id, link.snapshot.id);
    assert.equal(shown.snapshots?.length, 2);
    assert.match((await run(['show', link.id, '--lang', 'zh'])).stdout, /判定 +完好/);
  });

  test('Ctrl-C while waiting ends cleanly, and the capture stays in the queue', async () => {
    const waiting = start(['add', `${origin}/hangs`, '--wait', '--json']);
    const states = async () =>
      (await run(['jobs', '--json'])).json<{ jobs: { kind: string; state: string }[] }>().jobs;
    const captures = async () => (await states()).filter((job) => job.kind === 'capture');
    while (!(await captures()).some((job) => job.state === 'running'));
    waiting.child.kill('SIGINT');
    const { code, stderr, stdout } = await waiting.ended;
    assert.equal(code, 130);
    assert.equal(stdout, '');
    assert.equal(JSON.parse(stderr).code, 'cli.interrupted');
    assert.deepEqual(
      (await captures()).map((job) => job.state),
      ['queued'],
    );
  });

  test('verify names a damaged and a missing blob and the snapshots that need them', async () => {
    const verify = async (): Promise<Ended> => run(['verify', '--json']);
    interface Verified {
      ok: boolean;
      snapshots: number;
      faults: { fault: string; digest: string; neededBy: { link: string; snapshot: string }[] }[];
    }
    const good = await verify();
    assert.equal(good.code, 0, good.stdout);
    assert.ok(good.json<Verified>().snapshots >= 2);

    const manifest = JSON.parse(readFileSync(blobOf(link.snapshot.digest), 'utf8'));
    const [first, second]: { digest: string }[] = manifest.layers;
    const place = blobOf(first!.digest);
    const bytes = readFileSync(place);
    const damaged = Buffer.from(bytes);
    damaged[0]! ^= 1;
    rmSync(place);
    writeFileSync(place, damaged);
    rmSync(blobOf(second!.digest));
    const bad = await verify();
    assert.equal(bad.code, 1);
    const found = bad.json<Verified>();
    assert.equal(found.ok, false);
    const faults = new Map(found.faults.map((fault) => [fault.digest, fault]));
    assert.equal(faults.get(first!.digest)?.fault, 'corrupt');
    assert.equal(faults.get(second!.digest)?.fault, 'missing');
    for (const { digest } of [first!, second!])
      assert.ok(
        faults.get(digest)?.neededBy.some((it) => it.link === link.id),
        digest,
      );
    assert.match((await run(['verify'])).stdout, /Take it again: holdfast snapshot/);
  });

  test('no browser outlives the command that started it', { skip: !existsSync('/proc/self/cmdline') }, () => {
    const left = readdirSync('/proc').filter((pid) => {
      try {
        // A browser's profile is named for the process that started it.
        const profile = /--user-data-dir=\S*holdfast-\D*(\d+)-/.exec(
          readFileSync(`/proc/${pid}/cmdline`, 'utf8'),
        );
        return profile !== null && pids.has(Number(profile[1]));
      } catch {
        return false;
      }
    });
    assert.deepEqual(left, []);
  });
});
