import type { Db } from '../db/index.ts';
import type { Job, Jobs, Lane } from '../jobs/index.ts';

/** The kind of the job that captures a link. */
export const captureJobKind = 'capture';

/** What a capture job carries. */
export interface CaptureJobPayload {
  readonly linkId: string;
}

/** Puts a capture of the link in the queue, or hastens the one that is under way. */
export function enqueueCapture(jobs: Jobs, linkId: string, lane: Lane, trx: Db): Promise<Job> {
  return jobs.enqueue(
    { kind: captureJobKind, payload: { linkId }, lane, uniqueKey: `${captureJobKind}:${linkId}` },
    trx,
  );
}

/** Ends those of the jobs that are queued or running. */
export async function cancelCaptures(jobs: Jobs, jobIds: readonly string[]): Promise<void> {
  if (jobIds.length === 0) return;
  const active = await jobs.list({ ids: jobIds, states: ['queued', 'running'] });
  for (const job of active) await jobs.cancel(job.id);
}
