import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link as RouteLink } from '@tanstack/react-router';
import { Ban, CircleCheck, CircleDotDashed, CircleX, Clock3, RotateCcw, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { steerJob } from '../api/actions.ts';
import { linkQuery } from '../api/queries.ts';
import type { Job, JobState } from '../api/types.ts';
import { useTexts } from '../i18n/texts.tsx';
import { linkName } from '../library/link-facts.ts';
import { faultNext } from '../link/fault-next.ts';
import { useLiveJob } from '../live/job-store.ts';
import { Button } from '../ui/button.tsx';
import { JobStage, ProgressBar } from '../ui/progress.tsx';
import { Time } from '../ui/time.tsx';
import { useAct } from '../ui/use-act.ts';
import { VerdictChip } from '../ui/verdict-chip.tsx';

const signs: Record<JobState, ReactNode> = {
  queued: <Clock3 size={17} className="text-ink-3" aria-hidden />,
  running: (
    <CircleDotDashed
      size={17}
      className="text-accent motion-safe:animate-spin [animation-duration:3s]"
      aria-hidden
    />
  ),
  done: <CircleCheck size={17} className="text-good" aria-hidden />,
  failed: <CircleX size={17} className="text-bad" aria-hidden />,
  cancelled: <Ban size={17} className="text-ink-3" aria-hidden />,
};

/** One job: what it works for, where it stands, why it failed, and how to steer it. */
export function JobRow({ job: told }: { job: Job }) {
  const t = useTexts();
  const client = useQueryClient();
  const act = useAct();
  const job = useLiveJob(told);
  const link = useQuery({ ...linkQuery(job.linkId ?? ''), enabled: job.linkId !== null, retry: false });
  const kinds: Readonly<Record<string, string>> = t.job.kinds;
  const kind = kinds[job.kind] ?? t.job.kinds.other;
  const open = job.state === 'running' || job.state === 'queued';
  // An older version may still be the shown one; it says nothing about this job.
  const shown = link.data?.snapshot;
  const outcome =
    job.state === 'done' && job.lane !== 'after' && shown && shown.takenAt >= job.createdAt
      ? shown
      : undefined;
  const steer = (action: 'cancel' | 'retry') => void act(() => steerJob(client, job.id, action));
  return (
    <li className="flex items-start gap-3 border-b border-line px-1 py-3 sm:px-2">
      <span className="mt-0.5 shrink-0" title={t.job.states[job.state]}>
        {signs[job.state]}
        <span className="sr-only">{t.job.states[job.state]}</span>
      </span>
      <div className="min-w-0 flex-1">
        <p className="truncate text-sm font-medium">
          {link.data ? (
            <RouteLink
              to="/links/$linkId"
              params={{ linkId: link.data.id }}
              className="rounded-sm hover:text-accent"
              title={link.data.url}
            >
              {linkName(link.data)}
            </RouteLink>
          ) : (
            <span className="text-ink-2">{link.error ? t.activity.noLink : kind}</span>
          )}
        </p>
        <p className="mt-0.5 flex flex-wrap gap-x-1.5 text-xs text-ink-3">
          {job.linkId === null ? null : (
            <>
              <span>{kind}</span>
              <span aria-hidden>·</span>
            </>
          )}
          {open ? (
            <span className="text-ink-2">
              <JobStage job={job} />
            </span>
          ) : (
            <Time value={job.updatedAt} />
          )}
          {job.attempts > 1 ? (
            <>
              <span aria-hidden>·</span>
              <span>{t.job.attempt(job.attempts, job.maxAttempts)}</span>
            </>
          ) : null}
        </p>
        {job.fault && job.state !== 'done' ? (
          <p className="mt-1 text-sm">
            <span className={job.state === 'failed' ? 'text-bad' : 'text-ink-2'}>{job.fault.text}</span>
            {job.state === 'failed' ? (
              <span className="block text-ink-2">{t.job.next[faultNext(job.fault.code)]}</span>
            ) : null}
          </p>
        ) : null}
        {open ? <ProgressBar job={job} className="mt-2" /> : null}
      </div>
      {outcome ? <VerdictChip snapshot={outcome} /> : null}
      {open ? (
        <Button tone="quiet" small onClick={() => steer('cancel')}>
          <X size={15} aria-hidden />
          <span className="max-sm:sr-only">{t.activity.cancel}</span>
        </Button>
      ) : null}
      {job.state === 'failed' || job.state === 'cancelled' ? (
        <Button small onClick={() => steer('retry')}>
          <RotateCcw size={14} aria-hidden />
          {t.act.retry}
        </Button>
      ) : null}
    </li>
  );
}
