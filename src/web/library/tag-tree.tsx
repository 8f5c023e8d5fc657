import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import { tagsQuery } from '../api/queries.ts';
import { useFormats, useLanguage, useTexts } from '../i18n/texts.tsx';
import { cx } from '../ui/cx.ts';
import { buildTagTree, pruneTagTree, type TagNode } from './build-tag-tree.ts';

/** All tags as a tree with counts; choosing one filters the library by it and what is below. */
export function TagTree({ onChoose }: { onChoose?: () => void }) {
  const t = useTexts();
  const language = useLanguage();
  const tags = useQuery(tagsQuery()).data;
  const [words, setWords] = useState('');
  const tree = useMemo(() => buildTagTree(tags ?? [], language), [tags, language]);
  const shown = pruneTagTree(tree, words);
  if (!tags) return null;
  return (
    <section aria-label={t.tags.label} className="flex min-h-0 flex-1 flex-col">
      <h2 className="px-2.5 pb-1 text-xs font-medium text-ink-3 max-lg:sr-only">{t.tags.label}</h2>
      {tags.length > 10 ? (
        <input
          type="search"
          aria-label={t.tags.find}
          placeholder={t.tags.find}
          value={words}
          onChange={(event) => setWords(event.target.value)}
          className="mx-1 mb-1 h-8 rounded-md border border-line bg-surface px-2 text-sm outline-none focus:border-accent"
        />
      ) : null}
      {tags.length === 0 ? <p className="px-2.5 text-sm text-ink-3 text-pretty">{t.tags.none}</p> : null}
      {tags.length > 0 && shown.length === 0 ? (
        <p className="px-2.5 py-1 text-sm text-ink-3">{t.tags.noMatch}</p>
      ) : null}
      <ul className="-mx-1 min-h-0 flex-1 overflow-y-auto px-1 pb-4">
        {shown.map((node) => (
          <Branch key={node.tag} node={node} depth={0} open={words !== ''} onChoose={onChoose} />
        ))}
      </ul>
    </section>
  );
}

function Branch({
  node,
  depth,
  open,
  onChoose,
}: {
  node: TagNode;
  depth: number;
  open: boolean;
  onChoose: (() => void) | undefined;
}) {
  const t = useTexts();
  const formats = useFormats();
  const chosen = useSearch({ strict: false, select: (search) => search.tag });
  const [expanded, setExpanded] = useState(() => chosen?.startsWith(`${node.tag}/`) ?? false);
  const shown = expanded || open;
  const isChosen = chosen === node.tag;
  return (
    <li>
      <div
        className={cx(
          'group flex h-8 items-center rounded-lg text-sm max-lg:h-10',
          isChosen ? 'bg-accent-soft font-medium text-ink' : 'text-ink-2 hover:bg-hover hover:text-ink',
        )}
        style={{ paddingLeft: depth * 14 }}
      >
        {node.below.length > 0 ? (
          <button
            type="button"
            aria-expanded={shown}
            aria-label={shown ? t.tags.collapse(node.tag) : t.tags.expand(node.tag)}
            onClick={() => setExpanded(!shown)}
            className="inline-flex size-7 shrink-0 items-center justify-center rounded-md text-ink-3 hover:text-ink"
          >
            <ChevronRight
              size={14}
              aria-hidden
              className={cx('transition-transform', shown && 'rotate-90')}
            />
          </button>
        ) : (
          <span className="w-7 shrink-0" />
        )}
        <Link
          to="/"
          search={(previous) => {
            const { tag: _, ...rest } = previous as { tag?: string };
            return isChosen ? rest : { ...rest, tag: node.tag };
          }}
          activeProps={{}}
          aria-current={isChosen ? 'true' : undefined}
          onClick={onChoose}
          title={node.tag}
          className="flex h-full min-w-0 flex-1 items-center gap-2 rounded-md pr-2.5 -outline-offset-2"
        >
          <span className="min-w-0 flex-1 truncate">{node.name}</span>
          <span className="tnum text-xs font-normal text-ink-3">{formats.number(node.links)}</span>
        </Link>
      </div>
      {shown && node.below.length > 0 ? (
        <ul>
          {node.below.map((one) => (
            <Branch key={one.tag} node={one} depth={depth + 1} open={open} onChoose={onChoose} />
          ))}
        </ul>
      ) : null}
    </li>
  );
}
