import type { Job } from '../api/types.ts';
import type { Formats } from '../i18n/format.ts';
import { type Texts, useFormats, useTexts } from '../i18n/texts.tsx';
import { byteRate, runningSince } from '../live/job-store.ts';
import { useNow } from '../live/use-now.ts';
import { cx } from './cx.ts';

/** How far along a job is, 0 to 1; undefined where its end is not known. */
export function jobShare(job: Job): number | undefined {
  const { progress } = job;
  return progress?.total ? Math.min(1, progress.done / progress.total) : undefined;
}

/** A thin bar: filled as far as the job is, sweeping where that is not known, still while it waits. */
export function ProgressBar({ job, className }: { job: Job; className?: string }) {
  const t = useTexts();
  const share = jobShare(job);
  const running = job.state === 'running';
  return (
    <div
      role="progressbar"
      aria-label={t.job.states[job.state]}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === undefined ? undefined : Math.round(share * 100)}
      className={cx('h-1 overflow-hidden rounded-full bg-hover', className)}
    >
      {running && share === undefined ? (
        <div className="h-full w-1/3 animate-sweep rounded-full bg-accent" />
      ) : null}
      {share !== undefined ? (
        <div
          className="h-full rounded-full bg-accent transition-[width] duration-300"
          style={{ width: `${Math.max(2, share * 100)}%` }}
        />
      ) : null}
    </div>
  );
}

/** How much of how much, how fast, how long still: `1.2 of 5.6 GB · 80 MB/s · 55s left`. */
function bytesText(job: Job, t: Texts, formats: Formats): string | undefined {
  const { progress } = job;
  if (progress?.unit !== 'bytes') return undefined;
  const { done, total, remainingMs } = progress;
  const rate = byteRate(job) ?? (total && remainingMs ? ((total - done) / remainingMs) * 1000 : undefined);
  const leftMs = remainingMs ?? (total && rate ? ((total - done) / rate) * 1000 : undefined);
  return [
    total ? t.job.ofTotal(formats.bytesBeside(done, total), formats.bytes(total)) : formats.bytes(done),
    ...(rate ? [`${formats.bytes(rate)}/s`] : []),
    ...(leftMs === undefined ? [] : [t.job.left(formats.duration(Math.ceil(leftMs / 1000) * 1000))]),
  ].join(' · ');
}

/** What a job does now, for how long already, how long still; of bytes how many, and how fast. */
export function JobStage({ job }: { job: Job }) {
  const t = useTexts();
  const formats = useFormats();
  const running = job.state === 'running';
  const now = useNow(1000, running);
  if (!running) return <span>{job.state === 'queued' ? t.job.stages.waiting : t.job.states[job.state]}</span>;
  const stage = job.progress ? (t.job.stages[job.progress.stage] ?? t.job.working) : t.job.working;
  const bytes = bytesText(job, t, formats);
  if (bytes !== undefined)
    return (
      <span className="tnum" title={stage}>
        <span className="max-sm:sr-only">{stage} · </span>
        {bytes}
      </span>
    );
  const elapsedMs = Math.max(0, Math.floor((now - runningSince(job)) / 1000) * 1000);
  return (
    <span className="tnum">
      {stage}
      <span className="text-ink-3"> · {formats.duration(elapsedMs)}</span>
      {job.progress?.remainingMs !== undefined ? (
        <span className="text-ink-3">
          {' '}
          · {t.job.remaining(formats.duration(Math.ceil(job.progress.remainingMs / 1000) * 1000))}
        </span>
      ) : null}
    </span>
  );
}
