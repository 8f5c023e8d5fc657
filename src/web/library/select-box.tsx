import { Check } from 'lucide-react';
import { useTexts } from '../i18n/texts.tsx';
import { cx } from '../ui/cx.ts';
import { linkName } from './link-facts.ts';
import type { LinkItemProps } from './link-item.ts';

/** The box that selects a link; it shows on hover and focus, and on all links while one is selected. */
export function SelectBox({
  link,
  selected,
  selecting,
  onSelect,
  className,
}: Pick<LinkItemProps, 'link' | 'selected' | 'selecting' | 'onSelect'> & { className?: string }) {
  const t = useTexts();
  return (
    // biome-ignore lint/a11y/useSemanticElements: an input cannot tell a click with Shift from one without
    <button
      type="button"
      role="checkbox"
      data-testid="link-select"
      aria-checked={selected}
      aria-label={t.list.select(linkName(link))}
      onClick={(event) => onSelect(link, event.shiftKey)}
      className={cx(
        'flex size-9 items-center justify-center',
        !selecting &&
          !selected &&
          'opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 [@media(hover:none)]:hidden',
        className,
      )}
    >
      <span
        className={cx(
          'flex size-5 items-center justify-center rounded-md border shadow-sm',
          selected ? 'border-accent bg-accent text-on-accent' : 'border-line-strong bg-surface',
        )}
      >
        {selected ? <Check size={14} strokeWidth={3} aria-hidden /> : null}
      </span>
    </button>
  );
}
