import type { Job, Runner } from '../../jobs/index.ts';
import type { Context } from '../context.ts';
import type { Workspace } from '../program.ts';
import { type AwaitedJob, hasEnded, linesOfJobs } from './job-lines.ts';
import { createLiveLines } from './live-lines.ts';

const drawEveryMs = 120;
/** How soon it is noticed that the server, which ran the jobs, has ended. */
const lookEveryMs = 3_000;

/**
 * Waits until all jobs have ended: a server's runner does them, or one in this process while no server lives. `onEnded`
 * is called for each in turn and may print lines; they stand above the progress. Throws `cli.interrupted`, after what
 * was under way here is back in the queue.
 */
export async function waitForJobs(
  context: Context,
  { jobs, runnerOf }: Workspace,
  awaited: readonly AwaitedJob[],
  onEnded: (job: Job, print: (work: () => void) => void) => Promise<void>,
): Promise<readonly Job[]> {
  if (awaited.length === 0) return [];
  const { io, texts } = context;
  const ids = awaited.map((it) => it.id);
  const states = new Map<string, Job>();
  const live = createLiveLines(io.stderr);
  let told: Promise<void> = Promise.resolve();
  let runner: Runner | undefined;
  const ensureRunner = async () => {
    if (runner !== undefined || (await jobs.hasLiveRunner())) return;
    runner = await runnerOf(ids);
    runner.start();
  };
  const watch = setInterval(() => void ensureRunner().catch(() => {}), lookEveryMs);
  const startedAt = performance.now();
  const draw = () => live.draw(linesOfJobs(awaited, states, performance.now() - startedAt, texts));
  const drawing = setInterval(draw, drawEveryMs);
  try {
    await ensureRunner();
    const ended = await jobs.wait(ids, {
      signal: io.interrupted,
      onChange: (job) => {
        states.set(job.id, job);
        if (hasEnded(job)) told = told.then(() => onEnded(job, live.above));
      },
    });
    await told;
    return ended;
  } finally {
    clearInterval(watch);
    clearInterval(drawing);
    live.clear();
    await runner?.stop();
  }
}
