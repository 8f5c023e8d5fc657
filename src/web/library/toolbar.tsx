import { useNavigate } from '@tanstack/react-router';
import { ArrowDownWideNarrow, LayoutGrid, List, ListFilter, SquareCheck, Tags, X } from 'lucide-react';
import { lazy, type RefObject, Suspense, useCallback, useState } from 'react';
import { sorts, type Verdict, verdicts } from '../api/types.ts';
import { setPreferences, usePreferences } from '../i18n/preference-store.ts';
import { useTexts } from '../i18n/texts.tsx';
import { IconButton } from '../ui/button.tsx';
import { Choice } from '../ui/choice.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { verdictIcon } from '../ui/verdict-chip.tsx';
import { effectiveSort, type LibrarySearch } from './library-search.ts';
import { SearchField } from './search-field.tsx';

const TagSheet = lazy(() => import('./tag-sheet.tsx'));

/** Search, filters, order and view of the library. */
export function Toolbar({
  search,
  searchField,
  count,
  selecting,
  onSelecting,
}: {
  search: LibrarySearch;
  searchField: RefObject<HTMLInputElement | null>;
  count: number | undefined;
  selecting: boolean;
  onSelecting: () => void;
}) {
  const t = useTexts();
  const navigate = useNavigate({ from: '/' });
  const { view } = usePreferences();
  const [tagsShown, setTagsShown] = useState(false);
  const change = useCallback(
    (next: LibrarySearch) =>
      void navigate({ search: (old) => prune({ ...old, ...next }), replace: true, resetScroll: true }),
    [navigate],
  );
  const onSearch = useCallback((q: string) => change({ q }), [change]);
  const filtered = Boolean(search.q || search.tag || search.verdict);
  const sortOptions = sorts
    .filter((sort) => sort !== 'relevance' || search.q)
    .map((value) => ({ value, label: t.filter.sorts[value] }));

  return (
    <div className="sticky top-0 z-20 -mx-1 bg-paper px-1 pt-3 pb-1">
      <div className="flex items-center gap-1">
        <SearchField value={search.q ?? ''} onChange={onSearch} field={searchField} />
        <IconButton
          label={t.nav.tags}
          className="lg:hidden"
          aria-pressed={search.tag !== undefined}
          onClick={() => setTagsShown(true)}
        >
          <Tags size={18} aria-hidden />
        </IconButton>
      </div>
      <div className="mt-1 flex min-h-9 items-center gap-1">
        <p className="tnum mr-auto min-w-0 truncate pl-1 text-sm text-ink-3" aria-live="polite">
          {count === undefined ? '' : filtered ? t.search.found(count) : t.search.total(count)}
        </p>
        <IconButton
          label={t.filter.select}
          aria-pressed={selecting}
          data-testid="select-mode"
          className="hidden [@media(hover:none)]:inline-flex"
          onClick={onSelecting}
        >
          <SquareCheck size={17} aria-hidden />
        </IconButton>
        <Choice<Verdict | 'any'>
          label={t.filter.verdict}
          compact
          icon={search.verdict ? verdictIcon(search.verdict, 16) : <ListFilter size={16} aria-hidden />}
          value={search.verdict ?? 'any'}
          options={[
            { value: 'any', label: t.filter.anyVerdict },
            ...verdicts.map((value) => ({ value, label: t.verdict[value], icon: verdictIcon(value, 16) })),
          ]}
          onChange={(value) => change({ verdict: value === 'any' ? undefined : value } as LibrarySearch)}
        />
        <Choice
          label={t.filter.sort}
          compact
          icon={<ArrowDownWideNarrow size={16} aria-hidden />}
          value={effectiveSort(search)}
          options={sortOptions}
          onChange={(sort) =>
            change({
              sort:
                sort === effectiveSort({ ...search, sort: undefined } as LibrarySearch) ? undefined : sort,
            } as LibrarySearch)
          }
        />
        <Segmented
          label={t.filter.view}
          iconsOnly
          value={view}
          options={[
            { value: 'list', label: t.filter.list, icon: <List size={16} aria-hidden /> },
            { value: 'cards', label: t.filter.cards, icon: <LayoutGrid size={16} aria-hidden /> },
          ]}
          onChange={(next) => setPreferences({ view: next })}
        />
      </div>
      {search.tag || search.verdict ? (
        <div className="flex flex-wrap gap-2 pb-1.5">
          {search.tag ? (
            <Filter
              text={t.filter.byTag(search.tag)}
              onClear={() => change({ tag: undefined } as LibrarySearch)}
            />
          ) : null}
          {search.verdict ? (
            <Filter
              text={`${t.filter.verdict}: ${t.verdict[search.verdict]}`}
              onClear={() => change({ verdict: undefined } as LibrarySearch)}
            />
          ) : null}
        </div>
      ) : null}
      <Suspense>{tagsShown ? <TagSheet onClose={() => setTagsShown(false)} /> : null}</Suspense>
    </div>
  );
}

function Filter({ text, onClear }: { text: string; onClear: () => void }) {
  const t = useTexts();
  return (
    <button
      type="button"
      onClick={onClear}
      title={t.filter.clear}
      className="inline-flex h-7 max-w-full items-center gap-1.5 rounded-full bg-accent-soft pr-2 pl-3 text-sm text-ink hover:bg-hover"
    >
      <span className="truncate">{text}</span>
      <X size={14} aria-hidden className="shrink-0 text-ink-2" />
      <span className="sr-only">{t.filter.clear}</span>
    </button>
  );
}

function prune(search: LibrarySearch): LibrarySearch {
  return Object.fromEntries(
    Object.entries(search).filter(([, value]) => value !== undefined && value !== ''),
  );
}
