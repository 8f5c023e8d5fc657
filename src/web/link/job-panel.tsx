import { useQueryClient } from '@tanstack/react-query';
import { CircleX, RotateCcw } from 'lucide-react';
import { steerJob } from '../api/actions.ts';
import type { Job } from '../api/types.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Button } from '../ui/button.tsx';
import { JobStage, ProgressBar } from '../ui/progress.tsx';
import { useAct } from '../ui/use-act.ts';
import { faultNext } from './fault-next.ts';

/** A capture that is under way, or why it ended without one and what to do next. */
export function JobPanel({ job }: { job: Job }) {
  const t = useTexts();
  const client = useQueryClient();
  const act = useAct();
  const steer = (action: 'cancel' | 'retry') => void act(() => steerJob(client, job.id, action));
  if (job.state === 'queued' || job.state === 'running')
    return (
      <div className="rounded-lg border border-line bg-surface py-2 pr-2 pl-4">
        <div className="flex items-center gap-3">
          <p className="min-w-0 flex-1 text-sm font-medium" aria-live="polite">
            <JobStage job={job} />
          </p>
          <Button tone="quiet" small onClick={() => steer('cancel')}>
            {t.act.cancel}
          </Button>
        </div>
        <ProgressBar job={job} className="mt-1.5 mr-2 mb-1" />
      </div>
    );
  if (job.state === 'done') return null;
  const failed = job.state === 'failed';
  return (
    <div
      role="alert"
      className={`flex flex-wrap items-start gap-x-4 gap-y-3 rounded-lg px-4 py-3 ${failed ? 'bg-bad-soft' : 'bg-mute-soft'}`}
    >
      <CircleX size={18} className={`mt-0.5 shrink-0 ${failed ? 'text-bad' : 'text-mute'}`} aria-hidden />
      <div className="min-w-0 flex-1 basis-56 text-sm">
        <p className="font-semibold">{failed ? t.job.failedTitle : t.job.cancelledTitle}</p>
        {failed ? (
          <>
            <p className="mt-0.5">{job.fault?.text ?? t.job.noReason}</p>
            <p className="mt-1 text-ink-2">{t.job.next[faultNext(job.fault?.code ?? '')]}</p>
          </>
        ) : null}
      </div>
      <Button small onClick={() => steer('retry')}>
        <RotateCcw size={14} aria-hidden />
        {t.act.retry}
      </Button>
    </div>
  );
}
