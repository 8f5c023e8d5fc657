/**
 * Does one step of the measurement in a process of its own: `node bundle-worker.ts fill|export|import|verify <world> <bundle>
 * [bytes]`. Its last line on stdout is JSON: how long the step took, and the most memory that the process had.
 */
import { randomFillSync } from 'node:crypto';
import { verifyBundle } from '../../src/bundle/index.ts';
import { keepPage } from '../../src/bundle/testing/keep.ts';
import { openWorld } from '../../src/bundle/testing/world.ts';
import { peakMemoryBytes } from '../lib/peak-memory.ts';

const blobs = 8;
const [step = '', root = '', folder = '', bytes = '0'] = process.argv.slice(2);
await using world = await openWorld(root);
const startedAt = performance.now();
if (step === 'fill') {
  const part = Buffer.alloc(Number(bytes) / blobs);
  for (let at = 0; at < blobs; at++)
    await keepPage(world, { url: `https://example.com/${at}`, parts: [randomFillSync(part)] });
}
if (step === 'export') await world.export({ to: folder });
if (step === 'import' && !(await world.import(folder)).ok) throw new Error('the import is not whole');
if (step === 'verify' && !(await verifyBundle(folder)).ok) throw new Error('the bundle is not whole');
const ms = performance.now() - startedAt;
process.stdout.write(`${JSON.stringify({ ms, peakBytes: peakMemoryBytes() })}\n`);
