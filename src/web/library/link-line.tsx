import type { Link } from '../api/types.ts';
import { useFormats, useTexts } from '../i18n/texts.tsx';
import { useLinkJob } from '../live/job-store.ts';
import { cx } from '../ui/cx.ts';
import { JobStage, ProgressBar } from '../ui/progress.tsx';
import { Time } from '../ui/time.tsx';
import { VerdictChip } from '../ui/verdict-chip.tsx';
import { kindFacts } from './kind-facts.ts';
import { useArrival } from './use-arrivals.ts';

/** Where a link is from, when it was added, how large its snapshot is; on two lines where it is narrow. */
export function LinkMeta({ link, stacked = false }: { link: Link; stacked?: boolean }) {
  const t = useTexts();
  const formats = useFormats();
  const size = link.snapshot?.measures.sizeBytes ?? 0;
  const facts = link.snapshot && !stacked ? kindFacts(link.snapshot, t) : [];
  return (
    <div className={cx('min-w-0 text-xs text-ink-3', stacked ? '' : 'flex items-center gap-x-1.5')}>
      <p className="min-w-0 truncate">{link.host}</p>
      {stacked ? null : <Dot />}
      <p className="tnum flex shrink-0 gap-x-1.5 whitespace-nowrap">
        <Time value={link.addedAt} />
        {size > 0 ? (
          <span className={cx('flex gap-x-1.5', !stacked && 'max-sm:hidden')}>
            <Dot />
            {formats.bytes(size)}
          </span>
        ) : null}
        {facts.map((fact) => (
          <span key={fact} className="flex gap-x-1.5 max-sm:hidden">
            <Dot />
            {fact}
          </span>
        ))}
        {link.snapshotCount > 1 && !stacked ? (
          <span className="flex gap-x-1.5 max-sm:hidden">
            <Dot />
            {t.list.versions(link.snapshotCount)}
          </span>
        ) : null}
      </p>
    </div>
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
      <span className="inline-flex min-h-6 items-center text-xs text-ink-2">
        <JobStage job={job} />
      </span>
    );
  return (
    <span className="inline-flex items-center gap-1.5">
      {arrival?.kind === 'known' ? (
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
