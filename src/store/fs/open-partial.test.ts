import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promises } from 'node:fs';
import { mkdir, open, readdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { afterEach, describe, it } from 'node:test';
import { startChild } from '../../../test/support/child.ts';
import { digestOf, hasCode } from '../../kernel/index.ts';
import { noise } from '../testing/noise.ts';
import { createFsBlobStore } from './fs-blob-store.ts';
import { ownedName, ownerState } from './owner.ts';
import { scratchStore } from './testing/scratch.ts';

const bytes = noise(300_000, 1);
const whole = digestOf(bytes);
const isBusy = (error: unknown) => hasCode(error, 'store.partialBusy');
const eio = () => Object.assign(new Error('EIO: i/o error'), { code: 'EIO' });

/** A claim as `ownedName` makes it, by parts that another process could have. */
function nameOf(change: { home?: string; pid?: number; start?: string }): string {
  const [home, pid, start, chance] = ownedName().split('-');
  return [change.home ?? home, change.pid ?? pid, change.start ?? start, chance].join('-');
}

describe('claiming a blob on its way in', () => {
  it('has one writer at a time, however many processes try', async () => {
    await using scratch = await scratchStore();
    const claimer = new URL('testing/claimer.ts', import.meta.url);
    const children = [1, 2, 3].map(() => startChild(claimer, [scratch.root, '25']));
    const told = await Promise.all(children.map(async (child) => JSON.parse(await child.line())));
    assert.deepEqual(told, Array(3).fill({ times: 25, two: 0 }));
  });

  it('gives way where the one before was killed, its number is another’s now, or the machine began anew', async () => {
    await using scratch = await scratchStore();
    const { store, root } = scratch;
    const first = await store.partial('key');
    await first.write(0, bytes.subarray(0, 100_000));
    await first.setNote('half');
    await first.close();
    const folder = join(root, '.partial', 'key');
    const claim = async (name: string, ageMs: number) => {
      await writeFile(join(folder, `${name}.owner`), '');
      const then = new Date(Date.now() - ageMs);
      await utimes(join(folder, `${name}.owner`), then, then);
    };
    for (const [name, ageMs] of [
      [nameOf({ pid: 4194305 }), 0],
      [nameOf({ start: '1' }), 0],
      [nameOf({ home: '0123456789ab' }), 60_000],
    ] as const) {
      await claim(name, ageMs);
      const next = await store.partial('key');
      assert.deepEqual([next.sizeBytes, next.note], [100_000, 'half']);
      await next.close();
      assert.deepEqual((await readdir(folder)).sort(), ['data', 'note']);
    }
    await claim(nameOf({ home: '0123456789ab' }), 1000);
    await assert.rejects(
      store.partial('key'),
      isBusy,
      'a writer of another machine that gave a sign just now',
    );
  });

  it('takes a process that has ended and was not yet asked about for dead', async () => {
    const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const pid = Number(String((await once(parent.stdout, 'data'))[0]).trim());
    const stat = async () => (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]!.split(' ');
    for (let tries = 0; (await stat())[0] !== 'Z' && tries < 200; tries++)
      await new Promise((resolve) => setTimeout(resolve, 10));
    assert.equal(ownerState(nameOf({ pid, start: (await stat())[19]! })), 'dead');
    parent.kill('SIGKILL');
  });

  it('clears away what killed writers were writing, and heeds no file that is no claim', async () => {
    await using scratch = await scratchStore();
    const folder = join(scratch.root, '.partial', 'key');
    await mkdir(folder);
    await writeFile(join(folder, nameOf({ pid: 4194305 })), 'half a note');
    await writeFile(join(folder, 'owner'), ownedName());
    await writeFile(join(folder, 'x.owner'), '');
    const gone = join(scratch.root, '.partial', `.gone-${nameOf({ pid: 4194305 })}`);
    await mkdir(gone);
    await writeFile(join(gone, 'data'), 'x');
    const store = await createFsBlobStore({ root: scratch.root });
    assert.deepEqual(await Array.fromAsync(store.partials(), ({ key, sizeBytes }) => [key, sizeBytes]), [
      ['key', 0],
    ]);
    const partial = await store.partial('key');
    assert.equal(partial.note, undefined);
    await partial.write(0, bytes);
    assert.equal((await partial.finish()).digest, whole);
    assert.deepEqual(await readdir(join(scratch.root, '.partial')), []);
  });

  it('writes neither through a link nor into a pipe', async () => {
    await using scratch = await scratchStore();
    const target = join(scratch.root, 'oci-layout');
    const before = await readFile(target, 'utf8');
    for (const [key, place] of [
      ['link', (path: string) => symlink(target, path)],
      ['pipe', async (path: string) => void execFileSync('mkfifo', [path])],
      ['folder', (path: string) => mkdir(path)],
    ] as const) {
      await mkdir(join(scratch.root, '.partial', key));
      await place(join(scratch.root, '.partial', key, 'data'));
      await assert.rejects(scratch.store.partial(key), (error) => hasCode(error, 'store.unwritable'), key);
    }
    assert.equal(await readFile(target, 'utf8'), before);
  });
});

describe('a blob on its way in on a disk that fails', () => {
  const real = { ...promises };
  const undo: (() => void)[] = [];
  afterEach(() => {
    Object.assign(promises, real);
    syncBuiltinESMExports();
    for (const each of undo.splice(0)) each();
  });

  /** Makes the next call of a file's method fail with EIO; for `write`, the next at that offset. */
  async function breakNext(method: 'write' | 'sync', offset?: number): Promise<void> {
    await using probe = await open('/dev/null');
    const prototype = Object.getPrototypeOf(probe);
    const original = prototype[method];
    const restore = () => {
      prototype[method] = original;
    };
    undo.push(restore);
    prototype[method] = function (...args: unknown[]) {
      if (offset !== undefined && args[3] !== offset) return original.apply(this, args);
      restore();
      return Promise.reject(eio());
    };
  }
  const isDisk = (error: unknown) => hasCode(error, 'store.unwritable');

  it('never becomes a blob of bytes that were hashed and not written', async () => {
    await using scratch = await scratchStore();
    const partial = await scratch.store.partial('key');
    await breakNext('write', 0);
    const pieces = [
      partial.write(0, bytes.subarray(0, 100_000)),
      partial.write(100_000, bytes.subarray(100_000)),
    ];
    const [first] = await Promise.allSettled(pieces);
    assert.ok(first?.status === 'rejected' && isDisk(first.reason));
    await assert.rejects(partial.finish({ digest: whole }), (error) => hasCode(error, 'store.mismatch'));
    assert.equal(await scratch.store.stat(whole), undefined);
  });

  it('is written on after the piece that failed, and is whole', async () => {
    await using scratch = await scratchStore();
    const partial = await scratch.store.partial('key');
    await partial.write(0, bytes.subarray(0, 100_000));
    await breakNext('write', 100_000);
    await assert.rejects(partial.write(100_000, bytes.subarray(100_000)), isDisk);
    await partial.write(100_000, bytes.subarray(100_000));
    assert.equal((await partial.finish()).digest, whole);
    assert.ok(bytes.equals(await scratch.store.bytes(whole)));
  });

  it('is not called durable by a second sync after one that failed, and what was written stays', async () => {
    await using scratch = await scratchStore();
    const partial = await scratch.store.partial('key');
    await partial.write(0, bytes);
    await breakNext('sync');
    await assert.rejects(partial.sync(), isDisk);
    for (const again of [() => partial.sync(), () => partial.setNote('x'), () => partial.finish()])
      await assert.rejects(again(), isDisk);
    const next = await scratch.store.partial('key');
    assert.deepEqual([next.sizeBytes, next.note], [bytes.length, undefined]);
    assert.equal((await next.finish({ digest: whole })).digest, whole);
  });

  it('keeps all its bytes where its last step fails', async () => {
    await using scratch = await scratchStore();
    const partial = await scratch.store.partial('key');
    await partial.write(0, bytes);
    promises.rename = async () => {
      throw eio();
    };
    syncBuiltinESMExports();
    await assert.rejects(partial.finish(), isDisk);
    Object.assign(promises, real);
    syncBuiltinESMExports();
    assert.deepEqual(await scratch.leftovers(), []);
    const next = await scratch.store.partial('key');
    assert.equal(next.sizeBytes, bytes.length);
    assert.equal((await next.finish()).digest, whole);
  });

  it('is opened anew, and loses nothing, while the one before is being thrown away', async () => {
    await using scratch = await scratchStore();
    const other = await createFsBlobStore({ root: scratch.root });
    const partial = await scratch.store.partial('key');
    await partial.write(0, noise(1000, 7));
    let next: Awaited<ReturnType<typeof other.partial>> | undefined;
    promises.rm = async (path, options) => {
      Object.assign(promises, real);
      syncBuiltinESMExports();
      next = await other.partial('key');
      await next.write(0, bytes);
      return real.rm(path, options);
    };
    syncBuiltinESMExports();
    await partial.discard();
    assert.equal((await next!.finish()).digest, whole);
  });

  it('refuses a place that is none', async () => {
    await using scratch = await scratchStore();
    const partial = await scratch.store.partial('key');
    for (const at of [-1, Number.NaN, 0.5, 2 ** 60])
      await assert.rejects(partial.write(at, bytes), RangeError);
    await partial.write(0, bytes);
    assert.equal((await partial.finish()).digest, whole);
  });
});
