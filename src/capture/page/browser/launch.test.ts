import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { hasCode } from '../../../kernel/index.ts';
import { createEgressGuard } from '../../egress/index.ts';
import { findBrowser } from './find-browser.ts';
import { launchBrowser } from './launch.ts';
import { createBrowserPool } from './pool.ts';

/** A program in a browser's place that notes whether it was started without a sandbox, complains, and ends. */
async function failingBrowser(t: TestContext, complaint: string) {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-launch-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const [path, notes] = [join(folder, 'browser'), join(folder, 'notes')];
  const script = `#!/bin/sh\ncase "$*" in *--no-sandbox*) echo open;; *) echo sandboxed;; esac >> ${notes}\necho '${complaint}' >&2\nexit 1\n`;
  await writeFile(notes, '');
  await writeFile(path, script);
  // Run as root, the tests start it as nobody.
  for (const each of [folder, notes, path]) await chmod(each, 0o777);
  const launch = () =>
    launchBrowser(path, createEgressGuard({ policy: { allow: [], never: [] } }), { maxBytes: 1 });
  return { launch, starts: async () => (await readFile(notes, 'utf8')).trim().split('\n') };
}

const failed = (error: unknown) => hasCode(error, 'capture.browserFailed');

test('a browser that fails for some other reason is not tried without its sandbox', async (t) => {
  const busy = await failingBrowser(t, 'FATAL: Resource temporarily unavailable');
  await assert.rejects(busy.launch, failed);
  await assert.rejects(busy.launch, failed);
  assert.deepEqual(await busy.starts(), ['sandboxed', 'sandboxed']);
});

test('a browser that says that its sandbox does not work here is tried without, then and from then on', async (t) => {
  const bare = await failingBrowser(t, '[1:1:FATAL:zygote_host_impl_linux.cc:128] No usable sandbox! If you');
  await assert.rejects(bare.launch, failed);
  await assert.rejects(bare.launch, failed);
  assert.deepEqual(await bare.starts(), ['sandboxed', 'open', 'open']);
});

test('that a browser had to be started without its sandbox is told once', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-launch-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'browser');
  const script = `#!/bin/sh\ncase "$*" in *--no-sandbox*) exec ${findBrowser(undefined)} "$@";; esac\necho 'No usable sandbox!' >&2\nexit 1\n`;
  await writeFile(path, script);
  for (const each of [folder, path]) await chmod(each, 0o755);
  let told = 0;
  const guard = createEgressGuard({ policy: { allow: [], never: [] } });
  const pool = createBrowserPool({
    guard,
    browser: path,
    limits: { maxBytes: 1 },
    onUnsandboxed: () => {
      told++;
    },
  });
  for (let i = 0; i < 2; i++) await (await pool.acquire()).close();
  await pool.close();
  assert.equal(told, 1);
});
