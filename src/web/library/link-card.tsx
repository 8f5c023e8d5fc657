import { Link as RouteLink } from '@tanstack/react-router';
import { memo } from 'react';
import { cx } from '../ui/cx.ts';
import { Tag } from '../ui/tag.tsx';
import { Excerpt } from './excerpt.tsx';
import { langOf, linkName } from './link-facts.ts';
import type { LinkItemProps } from './link-item.ts';
import { LinkMeta, LinkProgress, LinkState, useLinkVerdict } from './link-line.tsx';
import { SelectBox } from './select-box.tsx';
import { Thumbnail } from './thumbnail.tsx';
import { useArrival } from './use-arrivals.ts';

/** One link as a card, with its picture. */
export const LinkCard = memo(function LinkCard(props: LinkItemProps) {
  const { link, excerpt, selected, onTag } = props;
  const arrival = useArrival(link.id);
  const verdict = useLinkVerdict(link);
  const lang = langOf(link.snapshot?.language);
  return (
    <div
      data-testid="link-row"
      data-link-id={link.id}
      data-verdict={verdict}
      className={cx(
        'group relative flex h-full flex-col rounded-xl border bg-surface p-2 transition-shadow hover:shadow-float',
        selected ? 'border-accent ring-1 ring-accent' : 'border-line',
        arrival?.fresh && 'animate-arrive',
      )}
    >
      <Thumbnail link={link} className="aspect-16/10 w-full" large />
      <SelectBox {...props} className="absolute top-2 left-2" />
      <div className="flex flex-1 flex-col px-1 pt-2">
        <h3 className="text-sm font-medium" lang={link.ownTitle === null ? lang : undefined}>
          <RouteLink
            to="/links/$linkId"
            params={{ linkId: link.id }}
            data-row-link
            title={link.url}
            className="line-clamp-2 rounded-sm group-hover:text-accent"
          >
            {linkName(link)}
          </RouteLink>
        </h3>
        {excerpt ? (
          <div className="mt-1">
            <Excerpt parts={excerpt} lang={lang} />
          </div>
        ) : null}
        <div className="mt-auto pt-1.5">
          <div className="flex flex-wrap items-end justify-between gap-x-2">
            <LinkMeta link={link} stacked />
            <LinkState link={link} />
          </div>
          {link.tags.length > 0 ? (
            <div className="mt-1.5 flex h-6 min-w-0 gap-1 overflow-hidden" title={link.tags.join(', ')}>
              {link.tags.map((tag) => (
                <Tag key={tag} tag={tag} onClick={() => onTag(tag)} />
              ))}
            </div>
          ) : null}
        </div>
        <LinkProgress link={link} className="mt-2" />
      </div>
    </div>
  );
});
