import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { newHoldfast, serveSite } from '../support/holdfast.ts';
import { ownTemp, processesIn, startServer, until } from './support.ts';

/** A folder on a disk of that size; undefined where this machine does not let us mount one. */
function smallDisk(megabytes: number): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'pipe' });
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  after(() => {
    execFileSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true });
  });
  return folder;
}

/** Fills a disk but for so many bytes. */
function fill(disk: string, leftBytes: number): string {
  const { bavail, bsize } = statfsSync(disk);
  const ballast = join(disk, 'ballast');
  const piece = randomBytes(4_096);
  try {
    for (let left = bavail * bsize; left > leftBytes; left -= piece.length) appendFileSync(ballast, piece);
  } catch (error) {
    // Others write at the same time.
    assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC');
  }
  return ballast;
}

for (const [left, leftBytes] of [
  ['little room', 700_000],
  ['no room at all', 0],
] as const)
  test(`a disk with ${left}: captures tell why they fail, and go on once there is room`, {
    timeout: 120_000,
  }, async (t) => {
    const disk = smallDisk(32);
    if (!disk) return t.skip('a disk can be filled only where tmpfs may be mounted');
    const holdfast = newHoldfast();
    const temp = ownTemp();
    const env = { HOLDFAST_DATA: join(disk, 'data'), TMPDIR: temp, HOLDFAST_CAPTURE_CONCURRENCY: '2' };
    const picture = Buffer.concat([
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><!--'),
      Buffer.from(randomBytes(900_000).toString('hex')),
      Buffer.from('--></svg>'),
    ]);
    const filled = Promise.withResolvers<void>();
    const origin = await serveSite(async (request, response) => {
      await filled.promise;
      if (request.url?.endsWith('.svg')) response.setHeader('content-type', 'image/svg+xml').end(picture);
      else
        response
          .setHeader('content-type', 'text/html')
          .end(`<title>t</title><h1>${'word '.repeat(50)}</h1><img src="${request.url}.svg">`);
    });
    const server = await startServer(holdfast, env);
    const links = [0, 1, 2].map((i) => ({ url: `${origin}/${i}` }));
    await server.api('/links', { links });
    const ballast = fill(disk, leftBytes);
    filled.resolve();
    const captures = async () => (await server.jobs()).jobs.filter(({ kind }) => kind === 'capture');
    // With no room at all not even the reason can be written down; then the log has it.
    const told = server.started.says(/"code":"db\.full"/).then(
      () => true,
      () => false,
    );
    await until(
      async () =>
        (await captures()).some(({ fault }) => fault !== null) ||
        (await Promise.race([told, sleep(1)])) === true,
    );
    const faults = (await captures()).flatMap(({ fault }) => (fault ? [fault] : []));
    for (const { code, text } of faults) {
      assert.match(code, /^(store|db)\.full$/, text);
      assert.ok(text.includes(disk), text);
    }
    assert.equal((await fetch(`${(await server.started.says(/ready: (\S+)\n/))[1]}/`)).status, 200);

    rmSync(ballast);
    await until(async () => {
      const jobs = await captures();
      for (const { id, state } of jobs) if (state === 'failed') await server.api(`/jobs/${id}/retry`, {});
      return jobs.every(({ state }) => state === 'done');
    });
    await server.idle();
    for (const { url, snapshot, snapshotCount } of await server.links())
      assert.deepEqual([snapshot?.verdict, snapshotCount], ['good', 1], url);
    server.started.child.kill('SIGTERM');
    assert.equal((await server.started.ended).code, 0);
    assert.deepEqual([processesIn(temp), readdirSync(temp)], [[], []]);
    assert.deepEqual(readdirSync(join(env.HOLDFAST_DATA, 'store/.staging')), []);
    const verified = await holdfast.run(['verify', '--json'], { env });
    assert.equal(verified.json<{ ok: boolean }>().ok, true, verified.stdout);
  });
