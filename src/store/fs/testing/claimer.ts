/**
 * Opens one partial again and again: `node claimer.ts <root> <rounds>`. The last line on stdout is JSON: how often it was the
 * writer, and whether it ever was one of two.
 */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from '../../../kernel/index.ts';
import { createFsBlobStore } from '../fs-blob-store.ts';

const [root = '', rounds] = process.argv.slice(2);
const store = await createFsBlobStore({ root });
const proof = join(root, 'blobs', 'only-one');
let [times, two] = [0, 0];
for (let round = 0; times < Number(rounds); round++) {
  const partial = await store.partial('key').catch((error) => {
    if (!hasCode(error, 'store.partialBusy')) throw error;
  });
  if (!partial) continue;
  times++;
  await writeFile(proof, '', { flag: 'wx' }).catch(() => two++);
  await partial.write(0, Buffer.from(`${process.pid} ${round}`));
  await rm(proof, { force: true });
  await (round % 2 === 0 ? partial.close() : partial.discard());
}
console.log(JSON.stringify({ times, two }));
