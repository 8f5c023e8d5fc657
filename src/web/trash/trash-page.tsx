import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { changeLinks } from '../api/actions.ts';
import { linksQuery } from '../api/queries.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { usePageTitle } from '../ui/page-title.ts';
import { EmptyState, ErrorState, Skeleton } from '../ui/states.tsx';
import { toastDone } from '../ui/toast-store.ts';
import { useAct } from '../ui/use-act.ts';
import { TrashRow } from './trash-row.tsx';

/** Links that were deleted: back with them, or away for good. */
export function TrashPage() {
  const t = useTexts();
  const client = useQueryClient();
  const act = useAct();
  const query = useInfiniteQuery(linksQuery({ q: '', sort: 'updated', trash: true }));
  const [purging, setPurging] = useState<readonly string[]>();
  usePageTitle(t.trash.title);
  const links = query.data?.pages.flatMap((page) => page.links) ?? [];
  const total = query.data?.pages[0]?.total ?? 0;

  const restore = (ids: string[]) =>
    void act(async () => toastDone(t.link.restored(await changeLinks(client, { ids, action: 'restore' }))));
  const purge = (ids: readonly string[]) =>
    void act(async () =>
      toastDone(t.trash.purged(await changeLinks(client, { ids: [...ids], action: 'purge' }))),
    );
  const purgeAll = async (): Promise<void> => {
    let pages = query.data?.pages ?? [];
    for (let next = query; next.hasNextPage; ) {
      next = await next.fetchNextPage();
      pages = next.data?.pages ?? pages;
      if (next.isError) return;
    }
    setPurging(pages.flatMap((page) => page.links.map((link) => link.id)));
  };

  return (
    <div className="mx-auto w-full max-w-4xl px-3 pt-4 sm:px-6 lg:pt-8">
      <div className="mb-3 flex min-h-9 items-center justify-between gap-4">
        <h1 className="text-xl font-semibold">{t.trash.title}</h1>
        {links.length > 0 ? (
          <Button className="text-bad" onClick={() => void purgeAll()}>
            <Trash2 size={16} aria-hidden />
            {t.trash.emptyAll}
          </Button>
        ) : null}
      </div>
      {query.error && !query.data ? (
        <ErrorState title={t.list.failedTitle} error={query.error} onRetry={() => void query.refetch()} />
      ) : !query.data ? (
        <Skeleton className="h-40" />
      ) : links.length === 0 ? (
        <EmptyState icon={<Trash2 size={22} aria-hidden />} title={t.trash.empty} text={t.trash.emptyText} />
      ) : (
        <>
          <p className="tnum mb-1 text-sm text-ink-3">{t.search.total(total)}</p>
          <ul>
            {links.map((link) => (
              <TrashRow
                key={link.id}
                link={link}
                onRestore={() => restore([link.id])}
                onPurge={() => setPurging([link.id])}
              />
            ))}
          </ul>
          {query.hasNextPage ? (
            <div className="flex justify-center pt-4">
              <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                {t.act.more}
              </Button>
            </div>
          ) : null}
        </>
      )}
      <Confirm
        open={purging !== undefined}
        onClose={() => setPurging(undefined)}
        title={t.trash.confirmTitle(purging?.length ?? 0)}
        text={t.trash.confirmText}
        action={t.trash.purge}
        onConfirm={() => purging && purge(purging)}
      />
    </div>
  );
}
