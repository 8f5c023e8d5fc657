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

const tagsShown = 3;

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
        arrival && 'animate-arrive',
      )}
    >
      <Thumbnail link={link} className="aspect-16/10 w-full" />
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
        <div className="mt-1">
          <LinkMeta link={link} />
        </div>
        <div className="mt-auto flex items-end justify-between gap-2 pt-2">
          <span className="flex min-w-0 flex-wrap gap-1">
            {link.tags.slice(0, tagsShown).map((tag) => (
              <Tag key={tag} tag={tag} onClick={() => onTag(tag)} />
            ))}
            {link.tags.length > tagsShown ? (
              <span className="text-xs leading-6 text-ink-3" title={link.tags.slice(tagsShown).join(', ')}>
                +{link.tags.length - tagsShown}
              </span>
            ) : null}
          </span>
          <LinkState link={link} />
        </div>
        <LinkProgress link={link} className="mt-2" />
      </div>
    </div>
  );
});
