import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ChevronLeft } from 'lucide-react';
import { clusterQuery, clustersQuery } from '../api/cluster-queries.ts';
import type { Cluster } from '../api/types.ts';
import { useFormats, useTexts } from '../i18n/texts.tsx';
import { usePageTitle } from '../ui/page-title.ts';
import { ErrorState, Skeleton } from '../ui/states.tsx';
import { Attention } from './attention.tsx';
import { BalancerView } from './balancer-view.tsx';
import { BastionFacts } from './bastion-facts.tsx';
import { CertificatePanel } from './certificate-panel.tsx';
import { Logs } from './logs.tsx';
import { NodePicture } from './node-picture.tsx';
import { NowPanel } from './now-panel.tsx';
import { StateChip } from './state-chip.tsx';
import { StepTrack } from './step-track.tsx';
import { useServerNow } from './use-server-now.ts';

/** A cluster: what its installation does now, what it waits for, and every machine of it, live. */
export function ClusterPage() {
  const t = useTexts();
  const { zone } = useParams({ from: '/clusters/$zone' });
  const query = useQuery(clusterQuery(zone));
  usePageTitle(zone);
  return (
    <div className="mx-auto w-full max-w-6xl px-3 pt-4 sm:px-6 lg:pt-8">
      {query.data ? (
        <Picture cluster={query.data} answeredAtMs={query.dataUpdatedAt} isStale={query.isError} />
      ) : query.error ? (
        <ErrorState title={t.cluster.oneFailed} error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Skeleton className="h-96" />
      )}
    </div>
  );
}

function Picture({
  cluster,
  answeredAtMs,
  isStale,
}: {
  cluster: Cluster;
  answeredAtMs: number;
  isStale: boolean;
}) {
  const t = useTexts().cluster;
  const formats = useFormats();
  const now = useServerNow(cluster, answeredAtMs);
  const { zone, version, state, steps, active } = cluster;
  const hasSteps = steps.length > 0 && state !== 'notStarted';
  return (
    <div className="space-y-5" data-testid="cluster">
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <div className="min-w-0">
          <BackToList />
          <h1 className="text-xl font-semibold break-all">{zone}</h1>
          {version === null ? null : <p className="text-sm text-ink-2">{t.version(version)}</p>}
        </div>
        <StateChip state={state} />
      </header>
      {isStale ? <p className="text-sm text-warn">{t.stale(formats.dateTime(cluster.at))}</p> : null}
      {/* What is read out: the step when it changes, and not each byte of a download. */}
      <p role="status" className="sr-only">
        {active === null ? t.states[state ?? 'unknown'] : t.steps[active]}
      </p>
      {hasSteps ? <StepTrack steps={steps} /> : null}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <NowPanel cluster={cluster} now={now} />
        <CertificatePanel cluster={cluster} now={now} />
      </div>
      <Attention cluster={cluster} />
      <NodePicture cluster={cluster} />
      <BalancerView frontends={cluster.bastion?.frontends ?? []} />
      <BastionFacts cluster={cluster} />
      <Logs cluster={cluster} />
    </div>
  );
}

function BackToList() {
  const t = useTexts().cluster;
  const others = useQuery({ ...clustersQuery(), refetchInterval: false }).data ?? [];
  if (others.length < 2) return null;
  return (
    <Link
      to="/clusters"
      className="inline-flex items-center gap-1 rounded-sm text-sm text-ink-2 hover:text-ink"
    >
      <ChevronLeft size={15} aria-hidden />
      {t.title}
    </Link>
  );
}
