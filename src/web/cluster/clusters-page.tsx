import { useQuery } from '@tanstack/react-query';
import { Link, Navigate } from '@tanstack/react-router';
import { ChevronRight, Network } from 'lucide-react';
import { clustersQuery } from '../api/cluster-queries.ts';
import type { ClusterSummary } from '../api/types.ts';
import { useTexts } from '../i18n/texts.tsx';
import { rowsClass } from '../ui/expander.tsx';
import { usePageTitle } from '../ui/page-title.ts';
import { EmptyState, ErrorState, Skeleton } from '../ui/states.tsx';
import { Commands } from './commands.tsx';
import { StateChip } from './state-chip.tsx';

/** The clusters whose installation is kept on this machine; where there is but one, its page. */
export function ClustersPage() {
  const t = useTexts();
  usePageTitle(t.cluster.title);
  const query = useQuery(clustersQuery());
  const [first, ...rest] = query.data ?? [];
  if (first && rest.length === 0)
    return <Navigate to="/clusters/$zone" params={{ zone: first.zone }} replace />;
  return (
    <div className="mx-auto w-full max-w-4xl px-3 pt-4 sm:px-6 lg:pt-8">
      <h1 className="mb-4 text-xl font-semibold">{t.cluster.title}</h1>
      {query.error && !query.data ? (
        <ErrorState title={t.cluster.failed} error={query.error} onRetry={() => void query.refetch()} />
      ) : !query.data ? (
        <Skeleton className="h-32" />
      ) : query.data.length === 0 ? (
        <>
          <EmptyState
            icon={<Network size={22} aria-hidden />}
            title={t.cluster.emptyTitle}
            text={t.cluster.emptyText}
            className="pb-6"
          />
          <Commands
            lines={[
              'holdfast cluster init --to plan.yaml',
              'holdfast cluster check plan.yaml',
              'holdfast cluster up plan.yaml',
            ]}
            className="mx-auto max-w-md"
          />
        </>
      ) : (
        <ul className={rowsClass}>
          {query.data.map((cluster) => (
            <ClusterRow key={cluster.zone} cluster={cluster} />
          ))}
        </ul>
      )}
    </div>
  );
}

function ClusterRow({ cluster }: { cluster: ClusterSummary }) {
  const t = useTexts().cluster;
  const { zone, version, state, active, doneSteps, nodes, readyNodes } = cluster;
  const all = Object.keys(t.steps).length;
  return (
    <li data-testid="cluster-row">
      <Link
        to="/clusters/$zone"
        params={{ zone }}
        className="flex items-center gap-3 px-3 py-3 -outline-offset-2 hover:bg-hover/60"
      >
        <span className="min-w-0 flex-1">
          <span className="block font-medium break-all">{zone}</span>
          <span className="flex flex-wrap gap-x-1.5 text-xs text-ink-3">
            {version === null ? null : <span>{t.version(version)}</span>}
            {active === null ? null : (
              <span>
                · {t.stepOf(doneSteps + 1, all)}: {t.steps[active]}
              </span>
            )}
            {nodes > 0 ? <span className="tnum">· {t.nodesReady(readyNodes, nodes)}</span> : null}
          </span>
        </span>
        <StateChip state={state} />
        <ChevronRight size={16} className="shrink-0 text-ink-3" aria-hidden />
      </Link>
    </li>
  );
}
