import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

/** A disk of our own of so many MiB; undefined, and the test skipped, where this machine does not let us mount one. */
export async function smallDisk(
  test: TestContext,
  sizeMib = 4,
): Promise<(AsyncDisposable & { root: string }) | undefined> {
  const root = await mkdtemp(join(tmpdir(), 'holdfast-full-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMib}m`, 'tmpfs', root], { stdio: 'pipe' });
  } catch (error) {
    await rm(root, { recursive: true });
    test.skip(`a disk can be filled only where tmpfs may be mounted: ${String(error).split('\n')[0]}`);
    return undefined;
  }
  return {
    root,
    [Symbol.asyncDispose]: async () => {
      execFileSync('umount', [root]);
      await rm(root, { recursive: true });
    },
  };
}
