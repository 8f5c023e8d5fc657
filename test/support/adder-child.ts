// Run by tests as a process of its own: adds links until it is killed, and prints each id after it was answered.
import { openDatabase } from '../../src/db/index.ts';
import { systemClock } from '../../src/kernel/index.ts';
import { createTestLinks } from './links.ts';

const [address, mode] = process.argv.slice(2);
const db = openDatabase(address!);
const { links } = createTestLinks(db, systemClock);
process.stdin.resume().on('end', () => process.exit());
console.log('ready');
if (mode === 'same') {
  await new Promise((resolve) => process.stdin.once('data', resolve));
  const urls = Array.from({ length: 50 }, (_, n) => ({
    url: `https://example.com/${n}`,
    tags: ['t', `n${n % 5}`],
  }));
  if (process.argv[4] === 'backwards') urls.reverse();
  const added = await links.add(urls);
  console.log(added.filter((one) => one.created).length);
  await db.close();
  process.exit();
}
for (let n = 0; ; n++) {
  const added = await links.add(
    [1, 2, 3].map((part) => ({ url: `https://example.com/${n}/${part}`, tags: ['t'] })),
  );
  console.log(added.map((one) => one.link.id).join(' '));
}
