import { Popover } from '@base-ui/react/popover';
import { CircleHelp, Search, X } from 'lucide-react';
import { type RefObject, useEffect, useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { IconButton, iconButtonClass } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';

const pauseMs = 220;

/** The search: what is typed takes effect after a short pause or at once with Enter. */
export function SearchField({
  value,
  onChange,
  field,
}: {
  value: string;
  onChange: (q: string) => void;
  field: RefObject<HTMLInputElement | null>;
}) {
  const t = useTexts();
  const [typed, setTyped] = useState(value);
  const [composing, setComposing] = useState(false);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (composing || typed === value) return;
    const timer = setTimeout(() => onChange(typed), pauseMs);
    return () => clearTimeout(timer);
  }, [typed, value, composing, onChange]);

  return (
    <search className="flex h-9 min-w-0 flex-1 items-center rounded-lg bg-sunken ring-1 ring-line ring-inset focus-within:bg-surface focus-within:ring-2 focus-within:ring-accent">
      <Search size={16} className="ml-3 shrink-0 text-ink-3" aria-hidden />
      <input
        ref={field}
        data-testid="search-field"
        aria-label={t.search.label}
        placeholder={t.search.placeholder}
        value={typed}
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="search"
        onChange={(event) => setTyped(event.target.value)}
        onCompositionStart={() => setComposing(true)}
        onCompositionEnd={() => setComposing(false)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') onChange(typed);
          if (event.key === 'Escape' && typed) {
            event.stopPropagation();
            setTyped('');
            onChange('');
          }
        }}
        className="h-full min-w-0 flex-1 bg-transparent px-2 text-sm text-ellipsis outline-none"
      />
      {typed ? (
        <IconButton
          label={t.search.clear}
          className="size-8"
          onClick={() => {
            setTyped('');
            onChange('');
            field.current?.focus();
          }}
        >
          <X size={15} aria-hidden />
        </IconButton>
      ) : (
        <kbd
          aria-hidden
          className="mr-1 rounded border border-line-strong px-1.5 font-sans text-xs text-ink-3 max-lg:hidden"
        >
          /
        </kbd>
      )}
      <SearchHelp />
    </search>
  );
}

function SearchHelp() {
  const t = useTexts();
  const rows: [string, string][] = [
    ['红帽 install', t.search.rows.words],
    ['"离线安装"', t.search.rows.phrase],
    ['etcd OR raft', t.search.rows.or],
    ['-draft', t.search.rows.not],
    ['kuber*', t.search.rows.prefix],
    ['title:release', t.search.rows.title],
    ['tag:ocp', t.search.rows.tag],
    ['site:example.org', t.search.rows.site],
    ['verdict:truncated', t.search.rows.verdict],
    ['after:2026-03', t.search.rows.dates],
  ];
  return (
    <Popover.Root>
      <Popover.Trigger
        className={cx(iconButtonClass, 'mr-0.5 size-8')}
        aria-label={t.search.help}
        title={t.search.help}
      >
        <CircleHelp size={16} aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="end" collisionPadding={12} className="z-50">
          <Popover.Popup className="float-panel w-96 max-w-[calc(100vw-1.5rem)] p-4 text-sm outline-none">
            <Popover.Title className="font-semibold">{t.search.help}</Popover.Title>
            <Popover.Description className="mt-0.5 mb-3 text-ink-2">{t.search.helpIntro}</Popover.Description>
            <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
              {rows.map(([example, text]) => (
                <div key={example} className="contents">
                  <dt>
                    <code className="rounded bg-sunken px-1.5 py-0.5 font-mono text-xs whitespace-nowrap">
                      {example}
                    </code>
                  </dt>
                  <dd className="text-ink-2">{text}</dd>
                </div>
              ))}
            </dl>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
