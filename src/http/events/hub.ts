import type { Job, Jobs } from '../../jobs/index.ts';
import type { Logger } from '../../kernel/index.ts';
import type { Change, ChangeFeed } from '../deps.ts';
import { httpErrors } from '../errors.ts';
import { createJobPace } from './job-pace.ts';
import { createMailbox, type Mailbox } from './mailbox.ts';

/** The most windows that may listen at a time. */
export const mostListeners = 200;
/** Changes kept for listeners that come back; who was away for longer is told to ask for everything anew. */
const keptChanges = 2_000;
const retryMs = 1_000;

export interface Hub {
  /** Adds a listener; it goes on after `since` where that is still known. Throws `http.busy`. */
  join(options: { since: number | undefined; viewJob: (job: Job) => unknown }): Promise<Mailbox>;
  leave(mailbox: Mailbox): void;
  readonly listeners: number;
  /** Ends every listener's stream and the watch. */
  close(): void;
}

/** Makes the hub: one watch of the feed, shared by all who listen, and none while nobody does. */
export function createHub(deps: { changes: ChangeFeed; jobs: Pick<Jobs, 'list'>; logger: Logger }): Hub {
  const members = new Map<Mailbox, (job: Job) => unknown>();
  let watch: AbortController | undefined;
  let recent: Change[] = [];
  /** The change before the first of `recent`. */
  let before = 0;
  let closed = false;

  /** Where a listener goes on after this change: never past a job's change that still waits to be told. */
  const resumeAt = (seq: number) => Math.min(seq, (pace.oldestWaiting() ?? Number.POSITIVE_INFINITY) - 1);

  const send = (mailbox: Mailbox, { seq, topic, ref }: Change) =>
    mailbox.push({ event: 'change', data: JSON.stringify({ topic, ref }), id: resumeAt(seq) });

  const pace = createJobPace({
    jobs: deps.jobs,
    onError: (err) => deps.logger.warn({ err }, 'jobs could not be read for the events'),
    tell(job, stateChanged) {
      const change = JSON.stringify({ topic: 'job', ref: job.id });
      for (const [mailbox, viewJob] of members) {
        if (stateChanged) mailbox.push({ event: 'change', data: change });
        mailbox.push({ event: 'job', data: JSON.stringify(viewJob(job)) });
      }
    },
  });

  const take = (changes: readonly Change[]) => {
    for (const change of changes) {
      recent.push(change);
      if (change.topic === 'job') pace.changed(change.ref, change.seq);
      else for (const mailbox of members.keys()) send(mailbox, change);
    }
    const gone = recent.splice(0, Math.max(0, recent.length - keptChanges)).at(-1);
    if (gone) before = gone.seq;
  };

  const follow = async (signal: AbortSignal) => {
    while (!signal.aborted) {
      try {
        for await (const changes of deps.changes.watch(recent.at(-1)?.seq ?? before, signal)) {
          if (signal.aborted) return;
          take(changes);
        }
      } catch (err) {
        if (!signal.aborted) deps.logger.warn({ err }, 'the feed of changes broke off');
      }
      if (!signal.aborted) await pause(signal);
    }
  };

  const start = (since: number) => {
    watch = new AbortController();
    recent = [];
    before = since;
    void follow(watch.signal);
  };

  return {
    async join({ since, viewJob }) {
      if (closed || members.size >= mostListeners) throw httpErrors.busy({ limit: mostListeners });
      const last = watch === undefined ? await deps.changes.last() : 0;
      const mailbox = createMailbox();
      if (watch === undefined) {
        const isNear = since !== undefined && since <= last && last - since <= keptChanges;
        start(isNear ? since : last);
      }
      // A number above the newest comes from another database, one below from too long ago.
      const newest = recent.at(-1)?.seq ?? before;
      if (since !== undefined && (since < before || since > newest))
        mailbox.push({ event: 'reset', data: '{}', id: resumeAt(newest) });
      else if (since !== undefined) {
        for (const change of recent) {
          if (change.seq <= since) continue;
          if (change.topic === 'job') pace.changed(change.ref, change.seq);
          else send(mailbox, change);
        }
      }
      members.set(mailbox, viewJob);
      return mailbox;
    },
    leave(mailbox) {
      mailbox.close();
      members.delete(mailbox);
      if (members.size > 0) return;
      watch?.abort();
      watch = undefined;
    },
    get listeners() {
      return members.size;
    },
    close() {
      closed = true;
      for (const mailbox of members.keys()) mailbox.close();
      members.clear();
      watch?.abort();
      pace.close();
    },
  };
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, retryMs);
    timer.unref();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
