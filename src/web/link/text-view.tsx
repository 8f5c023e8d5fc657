import { useQuery } from '@tanstack/react-query';
import { FileX } from 'lucide-react';
import { useMemo, useState } from 'react';
import { readableQuery } from '../api/queries.ts';
import type { Snapshot } from '../api/types.ts';
import { useTexts } from '../i18n/texts.tsx';
import { langOf } from '../library/link-facts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState, ErrorState, Skeleton } from '../ui/states.tsx';
import { MarkdownBlock } from './markdown-block.tsx';
import { parseMarkdown } from './parse-markdown.ts';

const blocksAtOnce = 400;

/** The page's readable text, set for reading, in the page's own language. */
export function TextView({ snapshot }: { snapshot: Snapshot }) {
  const t = useTexts();
  const format = snapshot.formats.includes('md') ? 'md' : 'text';
  const there = snapshot.formats.includes(format);
  const query = useQuery({ ...readableQuery(snapshot.id, format), enabled: there });
  const [shown, setShown] = useState(blocksAtOnce);
  const blocks = useMemo(() => parseMarkdown(query.data ?? '', format === 'text'), [query.data, format]);
  if (query.error)
    return <ErrorState title={t.text.failed} error={query.error} onRetry={() => void query.refetch()} />;
  if (there && query.data === undefined) return <Skeleton className="h-64" />;
  if (blocks.length === 0)
    return (
      <EmptyState
        className="rounded-lg border border-line"
        icon={<FileX size={22} aria-hidden />}
        title={t.text.none}
      />
    );
  return (
    <article
      lang={langOf(snapshot.language)}
      dir="auto"
      className="mx-auto max-w-[68ch] px-1 pt-2 pb-12 text-[1.0625rem] leading-7.5"
    >
      {blocks.slice(0, shown).map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the text of a snapshot never changes
        <MarkdownBlock key={index} block={block} />
      ))}
      {blocks.length > shown ? (
        <div className="flex justify-center pt-4">
          <Button onClick={() => setShown(shown + 4 * blocksAtOnce)}>{t.text.more}</Button>
        </div>
      ) : null}
    </article>
  );
}
