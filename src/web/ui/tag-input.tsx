import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useId, useState } from 'react';
import { tagsQuery } from '../api/queries.ts';
import { useTexts } from '../i18n/texts.tsx';
import { cx } from './cx.ts';
import { Tag, TagName } from './tag.tsx';
import { cleanTag, splitTags, suggestTags } from './tag-suggest.ts';

/** Tags with a field that completes: Enter or a comma adds, Backspace in the empty field takes the last away. */
export function TagInput({
  tags,
  onAdd,
  onRemove,
  label,
  onSubmit,
  field,
  bare = false,
  knownOnly = false,
  listBelow = false,
}: {
  tags: readonly string[];
  onAdd: (tags: string[]) => void;
  onRemove: (tag: string) => void;
  label: string;
  /** Enter in the empty field. */
  onSubmit?: () => void;
  field?: RefObject<HTMLInputElement | null>;
  /** Without a frame, for a place that is already one. */
  bare?: boolean;
  /** Completes but makes no new tags. */
  knownOnly?: boolean;
  /** Lets the completions take a place of their own instead of covering what is below. */
  listBelow?: boolean;
}) {
  const t = useTexts();
  const listId = useId();
  const all = useQuery(tagsQuery()).data ?? [];
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const suggestions = suggestTags(all, typed, tags);
  const fresh = cleanTag(typed);
  const offersNew = !knownOnly && fresh !== '' && !tags.includes(fresh) && !suggestions.includes(fresh);
  const options = offersNew ? [...suggestions, fresh] : suggestions;
  // A list with a place of its own stays: were it to go when a button below is pressed, the button would move away.
  const shown = (open || listBelow) && options.length > 0;

  const add = (raw: string): void => {
    const added = splitTags(raw).filter((tag) => !tags.includes(tag));
    if (added.length > 0) onAdd(added);
    setTyped('');
    setActive(-1);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((at) =>
        options.length ? (at + step + options.length + (at < 0 && step < 0 ? 1 : 0)) % options.length : -1,
      );
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (active >= 0 && options[active]) add(options[active]);
      else if (fresh) add(typed);
      else onSubmit?.();
    } else if (event.key === 'Tab' && typed && suggestions[0] && shown) {
      event.preventDefault();
      add(options[Math.max(active, 0)]!);
    } else if (event.key === 'Backspace' && typed === '' && tags.length > 0) {
      onRemove(tags.at(-1)!);
    } else if (event.key === 'Escape' && (shown || typed)) {
      event.stopPropagation();
      setTyped('');
      setOpen(false);
    }
  };

  return (
    <div className="relative min-w-0">
      <div
        className={cx(
          'flex min-h-9 flex-wrap items-center gap-1.5',
          !bare &&
            'rounded-lg border border-line-strong bg-surface px-2 py-1 focus-within:border-accent focus-within:ring-1 focus-within:ring-accent',
        )}
      >
        {tags.map((tag) => (
          <Tag key={tag} tag={tag} onRemove={() => onRemove(tag)} />
        ))}
        <input
          data-testid="tag-input"
          role="combobox"
          aria-label={label}
          aria-expanded={shown}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={shown && active >= 0 ? `${listId}-${active}` : undefined}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          ref={field}
          value={typed}
          placeholder={t.tags.inputHint}
          onChange={(event) => {
            const value = event.target.value;
            setOpen(true);
            setActive(-1);
            if (/[,，、\n]/.test(value) && !(event.nativeEvent as InputEvent).isComposing) add(value);
            else setTyped(value);
          }}
          onFocus={() => setOpen(true)}
          onBlur={() => {
            setOpen(false);
            if (fresh && !knownOnly) add(typed);
          }}
          onKeyDown={onKeyDown}
          className="h-7 min-w-24 flex-1 bg-transparent text-sm outline-none"
        />
      </div>
      {shown ? (
        <div
          role="listbox"
          id={listId}
          aria-label={label}
          className={cx(
            'overflow-y-auto p-1',
            listBelow
              ? 'mt-1 max-h-40 rounded-lg border border-line'
              : 'float-panel absolute top-full left-0 z-50 mt-1 max-h-64 w-full max-w-xs min-w-48',
          )}
        >
          {options.map((tag, index) => (
            <div
              key={tag}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              onPointerDown={(event) => {
                event.preventDefault();
                add(tag);
              }}
              className={cx(
                'flex min-h-9 cursor-default items-center gap-2 rounded-md px-2.5 text-sm',
                index === active ? 'bg-hover' : 'hover:bg-hover',
              )}
            >
              {offersNew && index === options.length - 1 ? (
                <>
                  <Plus size={14} className="text-ink-3" aria-hidden />
                  <span className="truncate">{t.tags.create(tag)}</span>
                </>
              ) : (
                <TagName tag={tag} />
              )}
            </div>
          ))}
        </div>
      ) : null}
    </div>
  );
}
