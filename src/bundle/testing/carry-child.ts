/**
 * Exports or imports until it ends or is killed: `node carry-child.ts export|import <world> <folder>`. Its lines on stdout are
 * `begun <bytes that were there>`, then the bytes done at each step, then `done <ok>`.
 */
import { chunkBytes } from '../limits.ts';
import { openWorld } from './world.ts';

const [verb, root = '', folder = ''] = process.argv.slice(2);
const say = (line: string | number) => void process.stdout.write(`${line}\n`);
/** Time goes by at every look, so that every step is told. */
let now = Date.UTC(2026, 0, 1);
const clock = {
  now: () => {
    now += 1_000;
    return now;
  },
};
const onProgress = ({ done }: { done: number }) => say(done);

await using world = await openWorld(root);
if (verb === 'export') {
  const partBytes = 2 * chunkBytes;
  const onPlan = ({ writtenBytes }: { writtenBytes: number }) => say(`begun ${writtenBytes}`);
  await world.export({ to: folder, partBytes, onPlan, onProgress, clock });
  say('done true');
} else {
  const onPlan = ({ held }: { held: number }) => say(`begun ${held}`);
  const { ok } = await world.import(folder, { onPlan, onProgress, clock });
  say(`done ${ok}`);
}
