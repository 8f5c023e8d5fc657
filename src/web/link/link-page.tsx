import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link as RouteLink, useParams, useRouter, useSearch } from '@tanstack/react-router';
import { Unlink } from 'lucide-react';
import { editLink } from '../api/actions.ts';
import { ApiError } from '../api/client.ts';
import { linkQuery, snapshotsQuery } from '../api/queries.ts';
import { useTexts } from '../i18n/texts.tsx';
import { linkName } from '../library/link-facts.ts';
import { useLinkJob } from '../live/job-store.ts';
import { useKeys } from '../shell/use-keys.ts';
import { buttonClass } from '../ui/button.tsx';
import { usePageTitle } from '../ui/page-title.ts';
import { EmptyState, ErrorState, Skeleton } from '../ui/states.tsx';
import { Facts } from './facts.tsx';
import { JobPanel } from './job-panel.tsx';
import { LinkHeader } from './link-header.tsx';
import { NoteField } from './note-field.tsx';
import { SnapshotTabs } from './snapshot-tabs.tsx';
import { VerdictPanel } from './verdict-panel.tsx';
import { VersionList } from './version-list.tsx';

/** One link: what it is called, what is behind it in each version, what it is worth. */
export function LinkPage() {
  const t = useTexts();
  const client = useQueryClient();
  const router = useRouter();
  const { linkId } = useParams({ from: '/links/$linkId' });
  const { version, tab } = useSearch({ from: '/links/$linkId' });
  const query = useQuery(linkQuery(linkId));
  const link = query.data;
  const versions = useQuery(snapshotsQuery(linkId)).data ?? [];
  const job = useLinkJob(link);
  usePageTitle(link ? linkName(link) : '');
  useKeys({ escape: () => (router.history.canGoBack() ? router.history.back() : false) });

  if (query.error && !link)
    return query.error instanceof ApiError && query.error.status === 404 ? (
      <EmptyState
        icon={<Unlink size={22} aria-hidden />}
        title={t.link.notFoundTitle}
        text={t.link.notFoundText}
      >
        <RouteLink to="/" className={buttonClass('plain')}>
          {t.errors.home}
        </RouteLink>
      </EmptyState>
    ) : (
      <ErrorState title={t.errors.title} error={query.error} onRetry={() => void query.refetch()} />
    );
  if (!link)
    return (
      <div
        role="status"
        aria-label={t.link.loading}
        className="mx-auto w-full max-w-7xl space-y-4 px-3 pt-6 sm:px-6"
      >
        <Skeleton className="h-8 w-2/3" />
        <Skeleton className="h-4 w-1/3" />
        <Skeleton className="h-96" />
      </div>
    );

  const snapshot = versions.find((one) => one.id === version) ?? link.snapshot ?? undefined;
  const busy = job?.state === 'queued' || job?.state === 'running';
  return (
    <div className="mx-auto w-full max-w-[88rem] px-3 sm:px-6">
      <LinkHeader link={link} snapshot={snapshot} busy={busy} />
      <div className="mt-4 grid gap-x-6 gap-y-6 xl:grid-cols-[minmax(0,1fr)_15.5rem] 2xl:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="min-w-0 space-y-4">
          {job ? <JobPanel key={job.id} job={job} /> : null}
          {snapshot && snapshot.verdict !== 'good' ? <VerdictPanel snapshot={snapshot} busy={busy} /> : null}
          {snapshot ? (
            <SnapshotTabs key={snapshot.id} snapshot={snapshot} name={linkName(link)} tab={tab} />
          ) : null}
        </div>
        <aside className="grid content-start gap-6 sm:grid-cols-2 xl:grid-cols-1">
          <NoteField key={link.id} note={link.note} onSave={(note) => editLink(client, link.id, { note })} />
          <section aria-label={t.link.versions}>
            <h2 className="mb-1.5 text-sm font-semibold">{t.link.versions}</h2>
            <VersionList
              linkId={link.id}
              versions={versions}
              chosen={snapshot?.id}
              shown={link.snapshot?.id}
              busy={busy}
            />
          </section>
          {snapshot?.verdict === 'good' ? <VerdictPanel snapshot={snapshot} busy={busy} /> : null}
          {snapshot ? (
            <section aria-label={t.kept.about[snapshot.kind]}>
              <h2 className="mb-1.5 text-sm font-semibold">{t.kept.about[snapshot.kind]}</h2>
              <Facts link={link} snapshot={snapshot} />
            </section>
          ) : null}
        </aside>
      </div>
    </div>
  );
}
