// biome-ignore-all lint/a11y/useSemanticElements: only the rows in sight stand in the document, at computed places
// biome-ignore-all lint/a11y/useFocusableInteractive: a table that is read, not a grid that is moved in
import { useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { resourcesQuery } from '../api/queries.ts';
import { useFormats, useTexts } from '../i18n/texts.tsx';
import { readableUrl } from '../library/link-facts.ts';
import { cx } from '../ui/cx.ts';
import { filterClass } from '../ui/field.tsx';
import { ErrorState, Skeleton } from '../ui/states.tsx';
import { type ResourceOrder, sortResources } from './sort-resources.ts';

const grid =
  'grid grid-cols-[minmax(0,1fr)_5rem_3.5rem] gap-x-3 px-3 sm:grid-cols-[minmax(0,1fr)_7rem_5.5rem_4rem]';

/** Everything that a version holds, as a table that can be ordered and filtered. */
export function ResourcesView({ snapshotId }: { snapshotId: string }) {
  const t = useTexts();
  const formats = useFormats();
  const query = useQuery(resourcesQuery(snapshotId));
  const [order, setOrder] = useState<ResourceOrder>({ by: 'sizeBytes', down: true });
  const [words, setWords] = useState('');
  const box = useRef<HTMLDivElement>(null);
  const rows = useMemo(
    () => sortResources(query.data?.resources ?? [], order, words),
    [query.data, order, words],
  );
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => 36,
    overscan: 12,
  });
  if (query.error)
    return <ErrorState title={t.resources.failed} error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton className="h-64" />;
  if (query.data.resources.length === 0)
    return <p className="py-10 text-center text-ink-3">{t.resources.none}</p>;

  const heads: [ResourceOrder['by'], string, string][] = [
    ['url', t.resources.url, ''],
    ['type', t.resources.type, 'max-sm:hidden'],
    ['sizeBytes', t.resources.size, 'justify-end'],
    ['status', t.resources.status, 'justify-end'],
  ];
  return (
    <div>
      <div className="mb-2 flex flex-wrap items-center gap-3">
        <input
          type="search"
          aria-label={t.resources.find}
          placeholder={t.resources.find}
          value={words}
          onChange={(event) => setWords(event.target.value)}
          className={filterClass}
        />
        <p className="tnum text-sm text-ink-3" aria-live="polite">
          {t.resources.total(rows.length, formats.bytes(rows.reduce((sum, row) => sum + row.sizeBytes, 0)))}
        </p>
      </div>
      <div
        role="table"
        aria-rowcount={rows.length + 1}
        aria-label={t.tabs.resources}
        className="overflow-hidden rounded-lg border border-line bg-surface"
      >
        <div role="row" className={cx(grid, 'border-b border-line bg-sunken')}>
          {heads.map(([by, name, className]) => (
            <div
              key={by}
              role="columnheader"
              aria-sort={order.by === by ? (order.down ? 'descending' : 'ascending') : 'none'}
              className={cx('flex', className)}
            >
              <button
                type="button"
                onClick={() => setOrder({ by, down: order.by === by ? !order.down : by === 'sizeBytes' })}
                className="inline-flex h-9 items-center gap-1 text-xs font-medium text-ink-2 hover:text-ink"
              >
                {name}
                {order.by === by ? (
                  order.down ? (
                    <ArrowDown size={12} aria-hidden />
                  ) : (
                    <ArrowUp size={12} aria-hidden />
                  )
                ) : null}
              </button>
            </div>
          ))}
        </div>
        <div ref={box} role="rowgroup" className="max-h-[max(24rem,calc(100dvh-16rem))] overflow-y-auto">
          <div className="relative" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index, start, key }) => {
              const row = rows[index]!;
              return (
                <div
                  key={key}
                  role="row"
                  aria-rowindex={index + 2}
                  className={cx(
                    grid,
                    'absolute inset-x-0 h-9 items-center border-b border-line/60 text-sm hover:bg-hover/60',
                  )}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <div role="cell" className="flex min-w-0" title={row.url.slice(0, 2000)}>
                    <ResourceName url={row.url} />
                  </div>
                  <div role="cell" className="truncate text-ink-3 max-sm:hidden" title={row.mediaType}>
                    {row.type}
                  </div>
                  <div role="cell" className="tnum text-right whitespace-nowrap text-ink-2">
                    {formats.bytes(row.sizeBytes)}
                  </div>
                  <div
                    role="cell"
                    className={cx(
                      'tnum text-right',
                      row.status >= 400 ? 'font-medium text-bad' : 'text-ink-2',
                    )}
                  >
                    {row.status || '–'}
                  </div>
                </div>
              );
            })}
          </div>
        </div>
      </div>
    </div>
  );
}

/** An address that is cut in its middle: where it is from and what it is called both stay in sight. */
function ResourceName({ url }: { url: string }) {
  const text = readableUrl(url).slice(0, 500);
  const cut = text.lastIndexOf('/', text.length - 2) + 1;
  return (
    <>
      <span className="min-w-12 truncate text-ink-3">{text.slice(0, cut)}</span>
      <span className="max-w-2/3 shrink-0 truncate">{text.slice(cut)}</span>
    </>
  );
}
