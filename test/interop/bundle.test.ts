import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { chunkBytes } from '../../src/bundle/limits.ts';
import { keepImage, keepPage, noise } from '../../src/bundle/testing/keep.ts';
import { openWorld, scratchFolder } from '../../src/bundle/testing/world.ts';

/** What a program of this machine says; undefined where the program is not there. */
function run(program: string, args: readonly string[], cwd?: string): string | undefined {
  try {
    return execFileSync(program, args, {
      encoding: 'utf8',
      ...(cwd !== undefined && { cwd }),
      stdio: 'pipe',
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

describe('the parts of a bundle', () => {
  test('become a layout with cat and tar that skopeo and umoci read, without Holdfast', async (test) => {
    if (run('skopeo', ['--version']) === undefined) return test.skip('skopeo is not installed');
    await using here = await openWorld();
    await using bundle = await scratchFolder();
    const page = await keepPage(here, { url: 'https://example.com/', parts: [noise(5_000_000, 1)] });
    const image = await keepImage(here, {
      url: 'https://example.com/image',
      repository: 'quay.io/openshift-release-dev/ocp-v4.0-art-dev',
      tag: '4.5.9-etcd',
      layers: [noise(3_000_000, 2), noise(2_000_000, 3)],
    });
    await here.export({ to: bundle.path, partBytes: chunkBytes });
    run('sh', ['-c', 'mkdir layout && cat part-* | tar -x -C layout && rm part-*'], bundle.path);
    const layout = join(bundle.path, 'layout');
    const inspect = (name: string) =>
      JSON.parse(run('skopeo', ['inspect', '--raw', `oci:${layout}:${name}`])!) as { layers: unknown[] };
    assert.equal(inspect('4.5.9-etcd').layers.length, 2);
    assert.equal(inspect(page.id).layers.length, 1);
    const copy = join(bundle.path, 'copy');
    run('skopeo', ['copy', '--quiet', `oci:${layout}:4.5.9-etcd`, `dir:${copy}`]);
    const digest = run('skopeo', ['manifest-digest', join(copy, 'manifest.json')])!.trim();
    assert.equal(digest, image.manifest);
    const listed = run('umoci', ['list', '--layout', layout]);
    if (listed !== undefined) assert.ok(listed.split('\n').includes('4.5.9-etcd'), listed);
    await rm(copy, { recursive: true });
  });

  test('are read by the tar of the system entry for entry, with names and sizes that are in order', async () => {
    await using here = await openWorld();
    await using bundle = await scratchFolder();
    await keepPage(here, { url: 'https://example.com/', parts: [noise(0, 1), noise(511, 2), noise(512, 3)] });
    await here.export({ to: bundle.path });
    const names = run('sh', ['-c', 'cat part-* | tar -t'], bundle.path)!.trim().split('\n');
    assert.deepEqual(names.slice(0, 2), ['oci-layout', 'index.json']);
    const blobs = names.slice(2).map((name) => name.replace(/^blobs\/(\w+)\//, '$1:'));
    assert.deepEqual(blobs.sort(), (await Array.fromAsync(here.store.list())).map((it) => it.digest).sort());
  });
});
