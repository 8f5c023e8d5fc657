import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { scratchFolder } from './testing/scratch-folder.ts';

test('the example of the README packs what oc mirrored into a tar and reads it there', async () => {
  await using scratch = await scratchFolder();
  const sample = join(import.meta.dirname, 'oc-mirror/fixtures/oc-4.5-to-dir.tar.gz');
  await promisify(execFile)('tar', ['xzf', sample, '-C', scratch.path]);
  const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');
  const example = /```ts\n(const source = \(await openMirrorFolder[\s\S]*?)```/.exec(readme)![1]!;
  const names = 'copyImages, createLayoutTar, openLayoutTar, openMirrorFolder';
  const program = `import { ${names} } from '${join(import.meta.dirname, 'index.ts')}';\n${example}`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module-typescript', '--eval', program],
    { cwd: scratch.path },
  );
  assert.match(stdout, /'4\.5\.9'.*sha256:56bcb5a54aa39d25/s);
});
