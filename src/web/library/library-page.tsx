import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useRouterState, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ApiError } from '../api/client.ts';
import { linksQuery } from '../api/queries.ts';
import { usePreferences } from '../i18n/preference-store.ts';
import { useTexts } from '../i18n/texts.tsx';
import { useKeys } from '../shell/use-keys.ts';
import { usePageTitle } from '../ui/page-title.ts';
import { ErrorState } from '../ui/states.tsx';
import { AddField } from './add-field.tsx';
import { FirstSteps, ListSkeleton, NothingFound } from './library-empty.tsx';
import { composeQuery, effectiveSort } from './library-search.ts';
import { LinkList, type LinkListHandle } from './link-list.tsx';
import { Toolbar } from './toolbar.tsx';
import { useSelection } from './use-selection.ts';

const BulkBar = lazy(() => import('./bulk-bar.tsx'));

/** Home: add links, watch them arrive, find them, work on many at once. */
export function LibraryPage() {
  const t = useTexts();
  const search = useSearch({ from: '/' });
  const navigate = useNavigate({ from: '/' });
  const { view } = usePreferences();
  const addField = useRef<HTMLTextAreaElement>(null);
  const searchField = useRef<HTMLInputElement>(null);
  const list = useRef<LinkListHandle>(null);
  usePageTitle(search.q ?? search.tag ?? '');

  const query = useInfiniteQuery(
    linksQuery({ q: composeQuery(search), sort: effectiveSort(search), trash: false }),
  );
  const pages = query.data?.pages;
  const links = useMemo(() => {
    // A link added between two pages can stand on both.
    const unique = new Map(
      (pages ?? []).flatMap((page) => page.links.map((link) => [link.id, link] as const)),
    );
    return [...unique.values()];
  }, [pages]);
  const excerpts = useMemo(
    () => Object.assign({}, ...(pages ?? []).map((page) => page.excerpts)) as Record<string, string[]>,
    [pages],
  );
  const total = pages?.[0]?.total;
  const filtered = Boolean(search.q || search.tag || search.verdict);

  const [selecting, setSelecting] = useState(false);
  const { selected, toggle, clear, selectAll } = useSelection(links);
  const shownIds = useMemo(
    () => links.filter((link) => selected.has(link.id)).map((link) => link.id),
    [links, selected],
  );
  const onTag = useCallback(
    (tag: string) => void navigate({ search: (old) => ({ ...old, tag }) }),
    [navigate],
  );
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = query;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const onAdded = useCallback(() => {
    // What was just added must be seen, also where a filter would hide it.
    void navigate({ search: {}, replace: true });
    window.scrollTo({ top: 0 });
  }, [navigate]);

  const hash = useRouterState({ select: (state) => state.location.hash });
  useEffect(() => {
    if (hash === 'search') searchField.current?.focus();
  }, [hash]);
  useKeys({
    '/': () => {
      searchField.current?.focus();
      searchField.current?.select();
    },
    a: () => addField.current?.focus(),
    j: () => list.current?.move(1),
    k: () => list.current?.move(-1),
    x: () => {
      const link = list.current?.focused();
      if (link) toggle(link, false);
    },
    escape: () => (selected.size > 0 ? clear() : false),
  });

  const empty = total === 0 && links.length === 0;
  return (
    <div className="mx-auto flex w-full max-w-5xl flex-1 flex-col px-3 pt-2 sm:px-6 lg:pt-6">
      <h1 className="sr-only">{t.nav.library}</h1>
      <AddField field={addField} onAdded={onAdded} />
      {empty && !filtered ? null : (
        <Toolbar
          search={search}
          searchField={searchField}
          count={total}
          selecting={selecting}
          onSelecting={() => {
            setSelecting(!selecting);
            clear();
          }}
        />
      )}
      {query.error && links.length === 0 ? (
        query.error instanceof ApiError && query.error.code.startsWith('search.') ? (
          <ErrorState title={t.search.bad} error={query.error} />
        ) : (
          <ErrorState title={t.list.failedTitle} error={query.error} onRetry={() => void query.refetch()} />
        )
      ) : total === undefined ? (
        <ListSkeleton />
      ) : empty ? (
        filtered ? (
          <NothingFound />
        ) : (
          <FirstSteps />
        )
      ) : (
        <div
          className={
            query.isPlaceholderData ? 'opacity-60 transition-opacity delay-150' : 'transition-opacity'
          }
        >
          <LinkList
            ref={list}
            links={links}
            total={total}
            excerpts={excerpts}
            view={view}
            selected={selected}
            selecting={selecting || selected.size > 0}
            onSelect={toggle}
            onTag={onTag}
            onEnd={onEnd}
            loading={isFetchingNextPage}
          />
        </div>
      )}
      <Suspense>
        {shownIds.length > 0 ? (
          <BulkBar ids={shownIds} loaded={links.length} onAll={selectAll} onClear={clear} />
        ) : null}
      </Suspense>
    </div>
  );
}
