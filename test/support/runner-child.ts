// Run by tests as a process of its own: serves jobs of one kind until it is killed, and says which one it began.
import { openDatabase } from '../../src/db/index.ts';
import { createRunner } from '../../src/jobs/index.ts';
import { silentLogger, systemClock } from '../../src/kernel/index.ts';

process.stdin.resume().on('end', () => process.exit());
const db = openDatabase(process.argv[2]!);
const kind = process.argv[3] ?? 'hang';
const handlers = {
  [kind]: async ({ job }: { job: { id: string } }) => {
    console.log(job.id);
    await new Promise(() => {});
  },
};
createRunner({ db, clock: systemClock, logger: silentLogger, handlers, concurrency: 2 }).start();
