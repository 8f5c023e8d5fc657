// biome-ignore-all lint/a11y/useSemanticElements: rows stand at computed places, which list elements do not allow between them
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import type { Link } from '../api/types.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Skeleton } from '../ui/states.tsx';
import { LinkCard } from './link-card.tsx';
import type { LinkItemProps } from './link-item.ts';
import { LinkRow } from './link-row.tsx';

/** What the keyboard may ask of a list. */
export interface LinkListHandle {
  /** Moves the focus by so many links; starts at the first. */
  move(step: number): void;
  /** The link that has the focus. */
  focused(): Link | undefined;
}

const cardWidth = 224;
/** Two cards stand beside one another on a phone. */
const phoneCardWidth = 150;
const gap = 12;

/** All links that match, however many: only what is seen stands in the document; the rest is loaded on the way. */
export function LinkList({
  links,
  total,
  excerpts,
  view,
  selected,
  selecting,
  onSelect,
  onTag,
  onEnd,
  loading,
  ref,
}: {
  links: readonly Link[];
  total: number;
  excerpts: Readonly<Record<string, readonly string[]>>;
  view: 'list' | 'cards';
  selected: ReadonlySet<string>;
  /** Shows the boxes on all links. */
  selecting: boolean;
  onSelect: LinkItemProps['onSelect'];
  onTag: LinkItemProps['onTag'];
  /** Called when the last links come into sight. */
  onEnd: () => void;
  loading: boolean;
  ref: Ref<LinkListHandle>;
}) {
  const t = useTexts();
  const box = useRef<HTMLDivElement>(null);
  const { top, width } = usePlace(box);
  const columns =
    view === 'cards'
      ? Math.max(1, Math.floor((width + gap) / ((width < 480 ? phoneCardWidth : cardWidth) + gap)))
      : 1;
  const rows = Math.ceil(links.length / columns);
  const virtual = useWindowVirtualizer({
    count: rows,
    estimateSize: () => (view === 'cards' ? 300 : 81),
    overscan: 6,
    scrollMargin: top,
    scrollPaddingStart: 120,
    scrollPaddingEnd: 96,
    gap: view === 'cards' ? gap : 0,
    getItemKey: (row) => links[row * columns]?.id ?? row,
  });
  const items = virtual.getVirtualItems();
  const lastRow = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (links.length < total && lastRow >= rows - 8) onEnd();
  }, [lastRow, rows, links.length, total, onEnd]);
  // A change of columns changes what every measured row holds.
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured again when these change
  useEffect(() => virtual.measure(), [columns, view]);

  const focusedIndex = (): number => {
    const id = document.activeElement?.closest('[data-link-id]')?.getAttribute('data-link-id');
    return id ? links.findIndex((link) => link.id === id) : -1;
  };
  useImperativeHandle(ref, () => ({
    focused: () => links[focusedIndex()],
    move(step) {
      const next = Math.max(0, Math.min(links.length - 1, focusedIndex() + step));
      virtual.scrollToIndex(Math.floor(next / columns), { align: 'auto' });
      focusWhenThere(box.current, links[next]?.id);
    },
  }));

  return (
    <div ref={box}>
      <div
        role="list"
        aria-label={t.list.label}
        className="relative"
        style={{ height: virtual.getTotalSize() }}
      >
        {items.map((item) => (
          <div
            key={item.key}
            data-index={item.index}
            ref={virtual.measureElement}
            className="absolute inset-x-0 top-0 grid"
            style={{
              transform: `translateY(${item.start - top}px)`,
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
              gap,
            }}
          >
            {links.slice(item.index * columns, (item.index + 1) * columns).map((link, at) => {
              const Item = view === 'cards' ? LinkCard : LinkRow;
              return (
                <div
                  key={link.id}
                  role="listitem"
                  aria-setsize={total}
                  aria-posinset={item.index * columns + at + 1}
                  className="min-w-0"
                >
                  <Item
                    link={link}
                    excerpt={excerpts[link.id]}
                    selected={selected.has(link.id)}
                    selecting={selecting}
                    onSelect={onSelect}
                    onTag={onTag}
                  />
                </div>
              );
            })}
          </div>
        ))}
      </div>
      {loading ? (
        <div role="status" aria-label={t.list.loadingMore} className="py-3">
          <Skeleton className="h-14" />
        </div>
      ) : null}
    </div>
  );
}

/** Where an element begins in the document and how wide it is, kept true when anything above it grows. */
function usePlace(box: React.RefObject<HTMLElement | null>): { top: number; width: number } {
  const [place, setPlace] = useState({ top: 0, width: 0 });
  useLayoutEffect(() => {
    const read = (): void => {
      const rect = box.current?.getBoundingClientRect();
      if (!rect) return;
      const next = { top: Math.round(rect.top + window.scrollY), width: Math.round(rect.width) };
      setPlace((old) => (old.top === next.top && old.width === next.width ? old : next));
    };
    read();
    const observer = new ResizeObserver(read);
    observer.observe(document.body);
    for (const above of box.current?.parentElement?.children ?? []) observer.observe(above);
    return () => observer.disconnect();
  }, [box]);
  return place;
}

function focusWhenThere(box: HTMLElement | null, id: string | undefined, tries = 10): void {
  const link = id && box?.querySelector<HTMLElement>(`[data-link-id="${CSS.escape(id)}"] [data-row-link]`);
  if (link) link.focus({ preventScroll: true });
  else if (tries > 0) requestAnimationFrame(() => focusWhenThere(box, id, tries - 1));
}
