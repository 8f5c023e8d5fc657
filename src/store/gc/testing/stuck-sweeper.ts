/** Collects garbage and stops for ever before the third blob is gone: `node stuck-sweeper.ts <root> <kept digest>`; says `stuck`. */
import { promises } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import type { Digest } from '../../../kernel/index.ts';
import { createFsBlobStore } from '../../fs/fs-blob-store.ts';
import { collectGarbage } from '../collect-garbage.ts';
import { reachNodes, rootsOf } from './graph.ts';

const [root = '', kept] = process.argv.slice(2);
const store = await createFsBlobStore({ root });
const { unlink } = promises;
let left = 3;
promises.unlink = async (path) => {
  if (String(path).includes('/.condemned/sha256-') && --left === 0) {
    console.log('stuck');
    await new Promise(() => setInterval(() => {}, 60_000));
  }
  return unlink(path);
};
syncBuiltinESMExports();
const clock = { now: () => Date.now() + 3_600_000 };
await collectGarbage({
  store,
  roots: rootsOf([kept as Digest]),
  reach: reachNodes(store),
  graceMs: 0,
  clock,
});
