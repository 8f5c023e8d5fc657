import type { Link } from '../api/types.ts';
import { useFormats, useTexts } from '../i18n/texts.tsx';
import { useLinkJob } from '../live/job-store.ts';
import { JobStage, ProgressBar } from '../ui/progress.tsx';
import { Time } from '../ui/time.tsx';
import { VerdictChip } from '../ui/verdict-chip.tsx';
import { useArrival } from './use-arrivals.ts';

/** Where a link is from, when it was added, how large its snapshot is. */
export function LinkMeta({ link }: { link: Link }) {
  const t = useTexts();
  const formats = useFormats();
  return (
    <p className="flex min-w-0 items-center gap-x-1.5 text-xs text-ink-3">
      <span className="min-w-0 truncate">{link.host}</span>
      <Dot />
      <Time value={link.addedAt} className="shrink-0 whitespace-nowrap" />
      {link.snapshot && link.snapshot.measures.sizeBytes > 0 ? (
        <>
          <Dot />
          <span className="tnum shrink-0 whitespace-nowrap">
            {formats.bytes(link.snapshot.measures.sizeBytes)}
          </span>
        </>
      ) : null}
      {link.snapshotCount > 1 ? (
        <>
          <Dot />
          <span className="shrink-0 whitespace-nowrap max-sm:hidden">
            {t.list.versions(link.snapshotCount)}
          </span>
        </>
      ) : null}
    </p>
  );
}

const Dot = () => <span aria-hidden>·</span>;

/** What stands at a link's end: its progress while it is captured, else what the snapshot is worth. */
export function LinkState({ link }: { link: Link }) {
  const t = useTexts();
  const job = useLinkJob(link);
  const arrival = useArrival(link.id);
  if (job && (job.state === 'running' || job.state === 'queued'))
    return (
      <span className="inline-flex h-6 items-center text-xs whitespace-nowrap text-ink-2">
        <JobStage job={job} />
      </span>
    );
  return (
    <span className="inline-flex items-center gap-1.5">
      {arrival === 'known' ? (
        <span className="rounded-md bg-accent-soft px-1.5 text-xs leading-6 font-medium whitespace-nowrap text-accent">
          {t.list.known}
        </span>
      ) : null}
      {link.snapshot ? (
        <VerdictChip snapshot={link.snapshot} />
      ) : job?.state === 'failed' ? (
        <VerdictChip
          snapshot={{
            verdict: 'failed',
            evidence: job.fault ? [{ code: job.fault.code, details: {}, text: job.fault.text }] : [],
          }}
        />
      ) : (
        <span className="text-xs whitespace-nowrap text-ink-3">
          {job ? t.job.states[job.state] : t.list.noSnapshot}
        </span>
      )}
    </span>
  );
}

/** The bar of a link's job while it is under way. */
export function LinkProgress({ link, className }: { link: Link; className?: string }) {
  const job = useLinkJob(link);
  return job && (job.state === 'running' || job.state === 'queued') ? (
    <ProgressBar job={job} {...(className ? { className } : {})} />
  ) : null;
}

/** What a link is worth, as one word for machines and tests: its verdict, or the state of its first job. */
export function useLinkVerdict(link: Link): string {
  const job = useLinkJob(link);
  return link.snapshot?.verdict ?? (job?.state === 'failed' ? 'failed' : 'none');
}
