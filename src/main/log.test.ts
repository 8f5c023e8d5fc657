import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

test('the log says what a site said, but nothing that a terminal would obey', () => {
  const said = 'a\x1b[2Jb\x9b2Jc\x7fd\u202ee';
  const script = `import { createLog } from ${JSON.stringify(new URL('./log.ts', import.meta.url).href)};
    createLog({ logLevel: 'info' }).info({ err: new Error(${JSON.stringify(said)}) }, ${JSON.stringify(said)});`;
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script]);
  const line = stderr.toString();
  assert.doesNotMatch(line.trimEnd(), /[\p{Cc}\u202e]/u);
  assert.equal(JSON.parse(line).msg, said);
  assert.equal(JSON.parse(line).err.message, said);
});
