import type { Job, JobHandler, Jobs, Lane } from '../jobs/index.ts';
import type { JsonValue } from '../kernel/index.ts';
import type { Links, Snapshot } from '../links/index.ts';
import type { Capture } from './types.ts';

/** The kind of the job that printing a snapshot is; its payload is `{snapshotId, linkId}`. */
export const pdfJobKind = 'pdf';

/** Asks for a snapshot's PDF; gives the job under way where there is one. */
export function requestPdf(jobs: Jobs, snapshot: Pick<Snapshot, 'id' | 'linkId'>, lane: Lane): Promise<Job> {
  const payload = { snapshotId: snapshot.id, linkId: snapshot.linkId };
  return jobs.enqueue({ kind: pdfJobKind, payload, lane, uniqueKey: `pdf ${snapshot.id}` });
}

/** Does a `capture` job (payload `{linkId}`): takes the snapshot, hands it in once, and asks for its PDF. */
export function createCaptureHandler(deps: { links: Links; jobs: Jobs; capture: Capture }): JobHandler {
  return async ({ job, signal, progress }) => {
    const link = await deps.links.find(textField(job.payload, 'linkId'));
    if (!link || link.deletedAt !== null) return;
    const outcome = await deps.capture.capture({
      url: link.url,
      options: link.options,
      signal,
      onProgress: progress,
    });
    const snapshot = await deps.links.recordSnapshot({ ...outcome, linkId: link.id, jobId: job.id });
    if (snapshot.formats.includes('html')) {
      await requestPdf(deps.jobs, snapshot, 'after');
    }
  };
}

/** Does a `pdf` job (payload `{snapshotId, linkId}`): prints the snapshot from its replay, unless an earlier one looks the same. */
export function createPdfHandler(deps: { links: Links; capture: Capture }): JobHandler {
  return async ({ job, signal }) => {
    const snapshot = await deps.links.findSnapshot(textField(job.payload, 'snapshotId'));
    if (!snapshot?.digest || snapshot.formats.includes('pdf')) return;
    const earlier = (await deps.links.snapshots(snapshot.linkId)).filter(
      (other) => other.formats.includes('pdf') && other.digest,
    );
    await deps.capture.attachPdf(snapshot.digest, { earlier: earlier.map((other) => other.digest!), signal });
    await deps.links.addFormat(snapshot.id, 'pdf');
  };
}

function textField(payload: JsonValue, name: string): string {
  const value =
    typeof payload === 'object' && payload !== null && !Array.isArray(payload)
      ? (payload as Record<string, JsonValue>)[name]
      : undefined;
  return typeof value === 'string' ? value : '';
}
