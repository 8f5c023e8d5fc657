/**
 * Writes blobs until it is killed: `node crash-writer.ts <root> <puts|batches|stalled-put|same> <seed>`.
 * Each line on stdout is a digest that the store called durable, or `ready`.
 */
import { noise } from '../../testing/noise.ts';
import { createFsBlobStore } from '../fs-blob-store.ts';

const [root = '', mode, seedText] = process.argv.slice(2);
const seed = Number(seedText);
const store = await createFsBlobStore({ root });
const say = (line: string) => process.stdout.write(`${line}\n`);

async function* pieces(bytes: Uint8Array, after?: () => Promise<void>) {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
  await after?.();
}

const forever = () =>
  new Promise<void>(() => {
    setInterval(() => {}, 60_000);
    say('ready');
  });

if (mode === 'stalled-put') {
  const batch = store.batch();
  for (let i = 0; i < 20; i++) await batch.put(noise(30_000 + i, seed + i));
  await store.put(pieces(noise(5_000_000, seed), forever));
} else if (mode === 'puts') {
  say('ready');
  for (let i = 0; ; i++) say((await store.put(pieces(noise(2_500_000, seed * 1000 + i)))).digest);
} else if (mode === 'batches') {
  say('ready');
  for (let i = 0; ; i++) {
    const batch = store.batch();
    const puts = Array.from({ length: 40 }, (_, n) => batch.put(noise(20_000 + n, seed * 1000 + i)));
    const blobs = await Promise.all(puts);
    await batch.commit();
    for (const { digest } of blobs) say(digest);
  }
} else {
  const bytes = noise(8_000_000, seed);
  for (let i = 0; i < 5; i++) {
    const { digest } = await store.put(pieces(bytes));
    say(digest);
    if (i < 4) await store.delete(digest);
  }
}
