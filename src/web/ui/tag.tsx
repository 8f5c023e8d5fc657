import { X } from 'lucide-react';
import { useTexts } from '../i18n/texts.tsx';
import { cx } from './cx.ts';

const base =
  'inline-flex h-6 max-w-full min-w-0 items-center rounded-md bg-sunken text-xs text-ink-2 ring-1 ring-line ring-inset';

/** A tag whose levels are told apart: the upper ones step back. */
export function TagName({ tag }: { tag: string }) {
  const cut = tag.lastIndexOf('/') + 1;
  return (
    <span className="truncate">
      {cut > 0 ? <span className="text-ink-3">{tag.slice(0, cut)}</span> : null}
      {tag.slice(cut)}
    </span>
  );
}

/** A tag; a click filters by it where `onClick` is given, the cross takes it away where `onRemove` is. */
export function Tag({
  tag,
  onClick,
  onRemove,
}: {
  tag: string;
  onClick?: () => void;
  onRemove?: () => void;
}) {
  const t = useTexts();
  return (
    <span className={base}>
      {onClick ? (
        <button
          type="button"
          onClick={onClick}
          aria-label={t.filter.byTag(tag)}
          className="inline-flex h-6 min-w-0 items-center rounded-md px-1.5 hover:bg-hover hover:text-ink"
        >
          <TagName tag={tag} />
        </button>
      ) : (
        <span className={cx('inline-flex min-w-0 pl-2', onRemove ? 'pr-0.5' : 'pr-2')}>
          <TagName tag={tag} />
        </span>
      )}
      {onRemove ? (
        <button
          type="button"
          onClick={onRemove}
          aria-label={t.tags.remove(tag)}
          title={t.tags.remove(tag)}
          className="inline-flex size-6 shrink-0 items-center justify-center rounded-md text-ink-3 hover:bg-hover hover:text-ink"
        >
          <X size={12} aria-hidden />
        </button>
      ) : null}
    </span>
  );
}
