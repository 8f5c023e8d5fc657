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
      <div className="min-w-0 flex-1">
        <div className="flex items-start gap-3">
          <h3
            className="min-w-0 flex-1 text-base leading-5.5 font-medium"
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
          <div className="max-sm:hidden">
            <LinkState link={link} />
          </div>
        </div>
        {excerpt ? (
          <div className="mt-0.5">
            <Excerpt parts={excerpt} lang={lang} />
          </div>
        ) : null}
        <div className="mt-1 flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <div
            className={cx(
              'flex min-w-0 items-center justify-between gap-2 max-sm:w-full',
              busy && 'max-sm:flex-wrap',
            )}
          >
            <LinkMeta link={link} />
            <div className="sm:hidden">
              <LinkState link={link} />
            </div>
          </div>
          {link.tags.length > 0 ? (
            <span className="flex min-w-0 flex-wrap gap-1">
              {link.tags.map((tag) => (
                <Tag key={tag} tag={tag} onClick={() => onTag(tag)} />
              ))}
            </span>
          ) : null}
        </div>
        <LinkProgress link={link} className="mt-2" />
      </div>
    </div>
  );
});
