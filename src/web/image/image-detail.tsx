import { type UseQueryOptions, useQuery } from '@tanstack/react-query';
import type { ImageDetail } from '../api/types.ts';
import { useFormats, useTexts } from '../i18n/texts.tsx';
import { ShortDigest } from '../ui/copy.tsx';
import { FactList } from '../ui/fact-list.tsx';
import { ErrorState, Skeleton } from '../ui/states.tsx';
import { Layers } from './layers.tsx';

/** How the detail of an image is asked for, by its digest. */
export type DetailQuery = (
  digest: string,
) => UseQueryOptions<ImageDetail, Error, ImageDetail, readonly string[]>;

/** One image: its layers, what its config says, its labels. */
export function ImageDetailView({ query: options }: { query: ReturnType<DetailQuery> }) {
  const t = useTexts();
  const formats = useFormats();
  const query = useQuery(options);
  if (query.error)
    return <ErrorState title={t.kept.failed} error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton className="h-24" />;
  const { digest, created, entrypoint, command, user, exposedPorts, labels, layers } = query.data;
  const code = (words: readonly string[]) =>
    words.length === 0 ? '' : <code className="font-mono text-xs break-all">{words.join(' ')}</code>;
  const labelled = Object.entries(labels).filter(([, value]) => value !== '');
  return (
    <div className="grid gap-x-8 gap-y-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <section>
        <h4 className="mb-2 text-xs font-medium text-ink-3">{t.image.layers}</h4>
        <Layers layers={layers} />
      </section>
      <section className="min-w-0 space-y-3">
        <FactList
          rows={[
            [t.file.digest, <ShortDigest key="digest" digest={digest} what={t.file.digest} />],
            [t.image.built, created === null ? '' : formats.dateTime(created)],
            [t.image.entrypoint, code(entrypoint)],
            [t.image.command, code(command)],
            [t.image.user, user],
            [t.image.ports, exposedPorts.join(', ')],
          ]}
        />
        {labelled.length > 0 ? (
          <div>
            <h4 className="mb-1 text-xs font-medium text-ink-3">{t.image.labels}</h4>
            <dl className="max-h-64 space-y-1 overflow-y-auto text-xs">
              {labelled.map(([name, value]) => (
                <div key={name}>
                  <dt className="font-mono text-ink-3">{name}</dt>
                  <dd className="break-words">{value}</dd>
                </div>
              ))}
            </dl>
          </div>
        ) : null}
      </section>
    </div>
  );
}
