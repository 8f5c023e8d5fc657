import { useInfiniteQuery } from '@tanstack/react-query';
import { Container, PowerOff } from 'lucide-react';
import { useState } from 'react';
import { registryQuery } from '../api/image-queries.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Button } from '../ui/button.tsx';
import { rowsClass } from '../ui/expander.tsx';
import { filterClass } from '../ui/field.tsx';
import { usePageTitle } from '../ui/page-title.ts';
import { EmptyState, ErrorState, Skeleton } from '../ui/states.tsx';
import { RegistryAccess } from './registry-access.tsx';
import { RepositoryRow } from './repository-row.tsx';

/** The registry of this server: how to reach it, and what it holds. */
export function RegistryPage() {
  const t = useTexts();
  usePageTitle(t.registry.title);
  return (
    <div className="mx-auto w-full max-w-4xl px-3 pt-4 sm:px-6 lg:pt-8">
      <h1 className="text-xl font-semibold">{t.registry.title}</h1>
      <Content />
    </div>
  );
}

function Content() {
  const t = useTexts();
  const query = useInfiniteQuery(registryQuery());
  const [words, setWords] = useState('');
  if (query.error)
    return <ErrorState title={t.registry.failed} error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton className="mt-6 h-64" />;
  const [registry] = query.data.pages;
  if (!registry)
    return (
      <EmptyState
        icon={<PowerOff size={22} aria-hidden />}
        title={t.registry.off}
        text={t.registry.offText}
      />
    );
  const repositories = query.data.pages.flatMap((page) => page?.repositories ?? []);
  const found = repositories.filter(({ name }) => name.includes(words.trim().toLowerCase()));
  return (
    <>
      <p className="mt-1 text-sm text-ink-2">{t.registry.intro}</p>
      <RegistryAccess registry={registry} />
      {repositories.length === 0 ? (
        <EmptyState
          icon={<Container size={22} aria-hidden />}
          title={t.registry.emptyTitle}
          text={t.registry.emptyText}
        />
      ) : (
        <>
          <div className="mt-8 mb-2 flex flex-wrap items-center gap-3">
            <input
              type="search"
              aria-label={t.registry.find}
              placeholder={t.registry.find}
              value={words}
              onChange={(event) => setWords(event.target.value)}
              className={filterClass}
            />
            <p className="tnum text-sm text-ink-3">{t.registry.repositoryCount(registry.total)}</p>
          </div>
          {found.length === 0 ? (
            <p className="py-10 text-center text-sm text-ink-3">{t.registry.none}</p>
          ) : (
            <div className={rowsClass}>
              {found.map((repository) => (
                <RepositoryRow key={repository.name} place={registry} repository={repository} />
              ))}
            </div>
          )}
          {query.hasNextPage ? (
            <div className="flex justify-center pt-4">
              <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                {t.act.more}
              </Button>
            </div>
          ) : null}
        </>
      )}
    </>
  );
}
