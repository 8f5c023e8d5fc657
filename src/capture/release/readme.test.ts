import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { memoryCapture } from '../image/testing/memory-registry.ts';
import { extractProgram } from './extract/extract-program.ts';
import { markers } from './extract/markers.ts';
import { installerConfig } from './installer-config.ts';
import { openRelease } from './release.ts';
import { createMemoryRelease, releaseRepository } from './testing/release-source.ts';

test('the example of the README opens a release, writes what comes next and extracts the installer', async () => {
  const program = Buffer.concat([markers.image.bytes, markers.version.bytes]);
  const { release, components } = await createMemoryRelease({
    installer: { 'usr/bin/openshift-install': program },
  });
  const { store, capture } = memoryCapture([release, components]);
  const snapshot = await capture(`docker://${releaseRepository}:4.5.9-x86_64`);
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-readme-'));
  try {
    const to = join(folder, 'openshift-install');
    const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');
    const example = /```ts\n([\s\S]*?)```/.exec(readme)![1]!.replace("to: 'openshift-install'", 'to');
    const given = { openRelease, installerConfig, extractProgram, store, snapshot, to };
    const body = stripTypeScriptTypes(`async function example() {${example}; return installConfig;}`);
    const run = new Function(...Object.keys(given), `${body}; return example();`);
    assert.match(await run(...Object.values(given)), /^imageContentSources:\n- mirrors:\n/);
    assert.equal((await stat(to)).size, program.length);
  } finally {
    await rm(folder, { recursive: true });
  }
});
