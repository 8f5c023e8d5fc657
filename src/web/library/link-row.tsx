import { Link as RouteLink } from '@tanstack/react-router';
import { memo } from 'react';
import { useLinkJob } from '../live/job-store.ts';
import { cx } from '../ui/cx.ts';
import { Tag } from '../ui/tag.tsx';
import { Excerpt } from './excerpt.tsx';
import { langOf, linkName } from './link-facts.ts';
import type { LinkItemProps } from './link-item.ts';
import { LinkMeta, LinkProgress, LinkState, useLinkVerdict } from './link-line.tsx';
import { SelectBox } from './select-box.tsx';
import { Thumbnail } from './thumbnail.tsx';
import { useArrival } from './use-arrivals.ts';

// Each part stands once in the document; where it stands is for the width to say.
const phone =
  "max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:[grid-template-areas:'title_title''excerpt_excerpt''meta_state''tags_tags''bar_bar']";
const phoneBusy =
  "max-sm:grid-cols-[minmax(0,1fr)] max-sm:[grid-template-areas:'title''excerpt''meta''state''tags''bar']";
const wide =
  "sm:grid-cols-[auto_minmax(0,1fr)_auto] sm:[grid-template-areas:'title_title_state''excerpt_excerpt_excerpt''meta_tags_tags''bar_bar_bar']";

/** One link in the list. */
export const LinkRow = memo(function LinkRow(props: LinkItemProps) {
  const { link, excerpt, selected, onTag } = props;
  const arrival = useArrival(link.id);
  const verdict = useLinkVerdict(link);
  const job = useLinkJob(link);
  const busy = job?.state === 'running' || job?.state === 'queued';
  const lang = langOf(link.snapshot?.language);
  return (
    <div
      data-testid="link-row"
      data-link-id={link.id}
      data-verdict={verdict}
      className={cx(
        'group relative flex gap-3 border-b border-line px-1 py-3 focus-within:bg-hover/50 hover:bg-hover/50 sm:gap-4 sm:px-2',
        selected && 'bg-accent-soft hover:bg-accent-soft focus-within:bg-accent-soft',
        arrival?.fresh && 'animate-arrive',
      )}
    >
      <div className="relative shrink-0">
        <Thumbnail link={link} className="h-12 w-18 sm:h-14 sm:w-22" />
        <SelectBox {...props} className="absolute -top-1.5 -left-1.5" />
      </div>
      <div
        className={cx('grid min-w-0 flex-1 items-center gap-x-2.5 gap-y-1', wide, busy ? phoneBusy : phone)}
      >
        <h3
          className="min-w-0 self-start text-base leading-5.5 font-medium [grid-area:title]"
          lang={link.ownTitle === null ? lang : undefined}
        >
          <RouteLink
            to="/links/$linkId"
            params={{ linkId: link.id }}
            data-row-link
            className="line-clamp-2 rounded-sm group-hover:text-accent sm:line-clamp-1"
            title={link.url}
          >
            {linkName(link)}
          </RouteLink>
        </h3>
        <div className="justify-self-start [grid-area:state] sm:justify-self-end">
          <LinkState link={link} />
        </div>
        {excerpt ? (
          <div className="[grid-area:excerpt]">
            <Excerpt parts={excerpt} lang={lang} />
          </div>
        ) : null}
        <div className="min-w-0 [grid-area:meta]">
          <LinkMeta link={link} />
        </div>
        {link.tags.length > 0 ? (
          <div className="flex min-w-0 flex-wrap gap-1 [grid-area:tags]">
            {link.tags.map((tag) => (
              <Tag key={tag} tag={tag} onClick={() => onTag(tag)} />
            ))}
          </div>
        ) : null}
        <LinkProgress link={link} className="mt-1 [grid-area:bar]" />
      </div>
    </div>
  );
});
