import type { Job, Jobs } from '../../jobs/index.ts';

/** Each job is told of at most 5 times a second. */
const pauseMs = 200;
/** Jobs that were told of and are quiet now are forgotten after so many. */
const mostKnown = 5_000;

interface Known {
  toldAt: number;
  state: string | undefined;
}

export interface JobPaceOptions {
  readonly jobs: Pick<Jobs, 'list'>;
  /** `stateChanged` is false where only the progress did. */
  readonly tell: (job: Job, stateChanged: boolean) => void;
  readonly onError: (error: unknown) => void;
}

/** Gathers changes of jobs, so that each job is read and told of at most five times a second, its last state always. */
export interface JobPace {
  changed(jobId: string, seq: number): void;
  /** The lowest number of a change that was not told yet; undefined where nothing waits. */
  oldestWaiting(): number | undefined;
  close(): void;
}

/** Makes a pace over the queue. */
export function createJobPace({ jobs, tell, onError }: JobPaceOptions): JobPace {
  const known = new Map<string, Known>();
  const waiting = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const dueIn = (id: string) =>
    Math.max(0, (known.get(id)?.toldAt ?? -Infinity) + pauseMs - performance.now());

  const schedule = () => {
    if (timer !== undefined || waiting.size === 0 || closed) return;
    const delay = Math.min(...[...waiting.keys()].map(dueIn));
    timer = setTimeout(() => void flush(), delay);
    timer.unref();
  };

  const flush = async () => {
    const due = [...waiting.keys()].filter((id) => dueIn(id) < 1).slice(0, 200);
    const seqs = due.map((id) => waiting.get(id));
    try {
      const found = due.length === 0 ? [] : await jobs.list({ ids: due, limit: due.length });
      due.forEach((id, index) => {
        // A change that came while the job was read is still to be told.
        if (waiting.get(id) === seqs[index]) waiting.delete(id);
      });
      for (const job of found) {
        const state = known.get(job.id)?.state;
        known.delete(job.id);
        known.set(job.id, { toldAt: performance.now(), state: job.state });
        tell(job, state !== job.state);
      }
    } catch (error) {
      for (const id of due) waiting.delete(id);
      onError(error);
    }
    for (const id of known.keys()) {
      if (known.size <= mostKnown) break;
      known.delete(id);
    }
    timer = undefined;
    schedule();
  };

  return {
    changed(jobId, seq) {
      waiting.set(jobId, seq);
      schedule();
    },
    oldestWaiting: () => (waiting.size === 0 ? undefined : Math.min(...waiting.values())),
    close() {
      closed = true;
      clearTimeout(timer);
      waiting.clear();
    },
  };
}
