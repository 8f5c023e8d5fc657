import { useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleCheckBig, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { steerJob } from '../api/actions.ts';
import { jobsQuery } from '../api/queries.ts';
import type { JobState } from '../api/types.ts';
import { useFormats, useTexts } from '../i18n/texts.tsx';
import { Button } from '../ui/button.tsx';
import { usePageTitle } from '../ui/page-title.ts';
import { Segmented } from '../ui/segmented.tsx';
import { EmptyState, ErrorState, Skeleton } from '../ui/states.tsx';
import { useAct } from '../ui/use-act.ts';
import { JobRow } from './job-row.tsx';

type Filter = 'open' | 'failed' | 'done' | 'all';
const states: Record<Filter, readonly JobState[]> = {
  open: ['running', 'queued'],
  failed: ['failed', 'cancelled'],
  done: ['done'],
  all: [],
};
const shownAtMost = 100;

/** What the server does, what waits, what failed and why. */
export function ActivityPage() {
  const t = useTexts();
  const formats = useFormats();
  const client = useQueryClient();
  const act = useAct();
  const [filter, setFilter] = useState<Filter>('all');
  const query = useQuery(jobsQuery(states[filter], shownAtMost));
  usePageTitle(t.activity.title);
  const counts = query.data?.counts;
  const jobs = query.data?.jobs ?? [];
  const count = (one: Filter): number =>
    counts
      ? Object.entries(counts).reduce(
          (sum, [state, n]) =>
            sum + (states[one].length === 0 || states[one].includes(state as JobState) ? n : 0),
          0,
        )
      : 0;
  const failed = jobs.filter((job) => job.state === 'failed');

  return (
    <div className="mx-auto w-full max-w-4xl px-3 pt-4 sm:px-6 lg:pt-8">
      <div className="mb-4 flex flex-wrap items-baseline gap-x-4">
        <h1 className="text-xl font-semibold">{t.activity.title}</h1>
        <p className="tnum text-sm text-ink-3" aria-live="polite">
          {counts ? t.activity.counts(counts.running, counts.queued) : ''}
        </p>
      </div>
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <div className="-mx-3 max-w-[100vw] overflow-x-auto px-3 [scrollbar-width:none]">
          <Segmented
            label={t.activity.title}
            value={filter}
            onChange={setFilter}
            options={(['all', 'open', 'failed', 'done'] as const).map((value) => ({
              value,
              label: `${t.activity.filters[value]}${counts ? ` ${formats.number(count(value))}` : ''}`,
            }))}
          />
        </div>
        {filter === 'failed' && failed.length > 1 ? (
          <Button
            small
            onClick={() =>
              void act(() => Promise.all(failed.map((job) => steerJob(client, job.id, 'retry'))))
            }
          >
            <RotateCcw size={14} aria-hidden />
            {t.activity.retryAll}
          </Button>
        ) : null}
      </div>
      {query.error && !query.data ? (
        <ErrorState title={t.activity.failed} error={query.error} onRetry={() => void query.refetch()} />
      ) : !query.data ? (
        <Skeleton className="h-40" />
      ) : jobs.length === 0 ? (
        <EmptyState icon={<CircleCheckBig size={22} aria-hidden />} title={t.activity.empty[filter]} />
      ) : (
        <>
          <ul className={query.isPlaceholderData ? 'opacity-60' : ''}>
            {jobs.map((job) => (
              <JobRow key={job.id} job={job} />
            ))}
          </ul>
          {count(filter) > jobs.length ? (
            <p className="tnum pt-3 text-center text-sm text-ink-3">
              {t.activity.shownOf(jobs.length, count(filter))}
            </p>
          ) : null}
        </>
      )}
    </div>
  );
}
