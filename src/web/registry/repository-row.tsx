import { useInfiniteQuery } from '@tanstack/react-query';
import { imageTagsQuery, registryImageQuery } from '../api/image-queries.ts';
import type { Registry, RegistryImageTags, RegistryRepository } from '../api/types.ts';
import { useFormats, useTexts } from '../i18n/texts.tsx';
import { PlatformList } from '../image/platform-list.tsx';
import { pullCommand, referenceHere } from '../image/pull-commands.ts';
import { Button } from '../ui/button.tsx';
import { CopyLine } from '../ui/copy.tsx';
import { Expander, rowsClass } from '../ui/expander.tsx';
import { ErrorState, Skeleton } from '../ui/states.tsx';
import { Time } from '../ui/time.tsx';

/** A repository; opened it shows its image tags, and each of those its platforms and layers. */
export function RepositoryRow({ place, repository }: { place: Registry; repository: RegistryRepository }) {
  const t = useTexts();
  const formats = useFormats();
  const { name, imageTags, sizeBytes, sharedBytes, updatedAt } = repository;
  return (
    <Expander
      testId="repository"
      head={
        <>
          <span className="min-w-0 flex-1">
            <span className="block font-medium break-all">{name}</span>
            <span className="flex flex-wrap gap-x-1.5 text-xs text-ink-3">
              <span>{t.registry.tagCount(imageTags)}</span>
              <span aria-hidden>·</span>
              <Time value={updatedAt} />
            </span>
          </span>
          <span className="shrink-0 text-right">
            <span className="tnum block text-sm">{formats.bytes(sizeBytes)}</span>
            {sharedBytes > 0 ? (
              <span className="tnum block text-xs text-ink-3" title={t.registry.sharedHelp}>
                {t.registry.shared(formats.bytes(sharedBytes))}
              </span>
            ) : null}
          </span>
        </>
      }
    >
      {() => <TagList place={place} repository={name} />}
    </Expander>
  );
}

function TagList({ place, repository }: { place: Registry; repository: string }) {
  const t = useTexts();
  const query = useInfiniteQuery(imageTagsQuery(repository));
  if (query.error)
    return (
      <ErrorState title={t.registry.tagsFailed} error={query.error} onRetry={() => void query.refetch()} />
    );
  if (!query.data) return <Skeleton className="h-16" />;
  return (
    <>
      <div className={rowsClass}>
        {query.data.pages
          .flatMap((page) => page.imageTags)
          .map((one) => (
            <TagRow key={one.tag} place={place} repository={repository} one={one} />
          ))}
      </div>
      {query.hasNextPage ? (
        <div className="flex justify-center pt-3">
          <Button small disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t.act.more}
          </Button>
        </div>
      ) : null}
    </>
  );
}

function TagRow({
  place,
  repository,
  one,
}: {
  place: Registry;
  repository: string;
  one: RegistryImageTags['imageTags'][number];
}) {
  const t = useTexts();
  const formats = useFormats();
  const names = one.platforms.flatMap(({ platform }) => platform ?? []);
  const behind =
    names.length > 1
      ? t.image.platformCount(names.length)
      : (names[0] ?? one.artifactType ?? t.image.artifact);
  return (
    <Expander
      testId="image-tag"
      head={
        <>
          <span className="min-w-0 flex-1 truncate font-mono text-xs font-medium">{one.tag}</span>
          <span
            className="min-w-0 truncate text-xs text-ink-3 max-sm:max-w-24"
            title={names.join(', ') || one.mediaType}
          >
            {behind}
          </span>
          <span className="tnum w-16 shrink-0 text-right text-xs">{formats.bytes(one.sizeBytes)}</span>
        </>
      }
    >
      {() => (
        <div className="space-y-3">
          <CopyLine
            text={pullCommand(place, referenceHere(place, repository, one.tag, one.digest))}
            what={t.registry.pull}
          />
          <PlatformList images={one.platforms} detail={(digest) => registryImageQuery(repository, digest)} />
        </div>
      )}
    </Expander>
  );
}
