/**
 * One of several processes on one store: `node racer.ts <root> <records> write <rounds> <seed>` stores snapshots, looks
 * whether they are whole, and removes them again; `… collect` collects garbage until its standard input ends. The last
 * line on stdout is JSON with what it saw.
 */
import { type Digest, digestOf, errorText, hasCode } from '../../../kernel/index.ts';
import type { BlobStore } from '../../blob-store.ts';
import { createFsBlobStore } from '../../fs/fs-blob-store.ts';
import { noise } from '../../testing/noise.ts';
import { collectGarbage } from '../collect-garbage.ts';
import { putNode, reachNodes } from './graph.ts';
import { recordsIn } from './records.ts';

const [root = '', folder = '', mode, rounds, seedText] = process.argv.slice(2);
const records = recordsIn(folder);
// Everything that is relied on is touched, however young: no pause hides a race.
const store = await createFsBlobStore({ root, renewAfterMs: 0 });
// File systems tell the time more coarsely than the clock.
const clockSlackMs = 50;

/** Blobs that all writers write again and again, so that most are garbage of one and news of another. */
const pool = Array.from({ length: 10 }, (_, i) => noise(3000 + i, i + 1));

let seed = Number(seedText);
const chance = (below: number) => {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return Math.floor((seed / 2147483648) * below);
};

const ways: ((bytes: Buffer, target: Pick<BlobStore, 'put'>) => Promise<Digest>)[] = [
  async (bytes, target) => (await target.put(bytes)).digest,
  async (bytes) => ((await store.touch(digestOf(bytes))) ?? (await store.put(bytes))).digest,
  async (bytes) => {
    const expected = { digest: digestOf(bytes), sizeBytes: bytes.length };
    return (await store.put(oneChunk(bytes), expected)).digest;
  },
];

async function* oneChunk(bytes: Uint8Array) {
  yield bytes;
}

async function write(): Promise<void> {
  const lost: string[] = [];
  let again = 0;
  for (let round = 0; round < Number(rounds); round++) {
    const hold = await records.add('hold', { digests: [], sinceMs: Date.now() });
    let recorded: string | undefined;
    try {
      const batch = store.batch();
      const parts: Digest[] = [];
      for (let i = 0; i <= chance(4); i++)
        parts.push(await ways[chance(ways.length)]!(pool[chance(pool.length)]!, batch));
      const digest = await putNode(batch, `snapshot ${chance(20)}`, parts);
      await batch.commit();
      recorded = await records.add('root', { digest });
      await records.remove(hold);
      for (const part of [digest, ...parts])
        await store.bytes(part).catch((error) => lost.push(`${part} ${errorText(error)}`));
    } catch (error) {
      if (!hasCode(error, 'store.lost')) throw error;
      again++;
    }
    if (recorded !== undefined && round < Number(rounds) - 1) await records.remove(recorded);
  }
  console.log(JSON.stringify({ lost, again }));
}

async function collect(): Promise<void> {
  let ended = false;
  process.stdin.resume().on('end', () => {
    ended = true;
  });
  let [freed, runs, busy] = [0, 0, 0];
  while (!ended) {
    try {
      const done = await collectGarbage({
        store,
        roots: records.roots(),
        reach: reachNodes(store),
        holds: records.holds,
        holdSlackMs: clockSlackMs,
        graceMs: clockSlackMs,
        everything: true,
      });
      freed += done.freed.unreferenced.count;
      runs++;
    } catch (error) {
      if (!hasCode(error, 'store.sweepBusy')) throw error;
      busy++;
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  console.log(JSON.stringify({ freed, runs, busy }));
}

await (mode === 'write' ? write() : collect());
