import { Pencil } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';

/** A title that becomes a field when it is clicked; Enter keeps, Escape leaves it as it was. */
export function InlineTitle({
  title,
  lang,
  onSave,
}: {
  title: string;
  lang: string | undefined;
  onSave: (title: string) => void;
}) {
  const t = useTexts();
  const [draft, setDraft] = useState<string>();
  const field = useRef<HTMLTextAreaElement>(null);
  const editing = draft !== undefined;
  useEffect(() => {
    if (editing) field.current?.select();
  }, [editing]);
  const close = (save: boolean): void => {
    if (save && draft !== undefined && draft.trim() !== title) onSave(draft.trim());
    setDraft(undefined);
  };
  if (!editing)
    return (
      <h1 className="group text-xl font-semibold text-pretty" lang={lang}>
        {title}
        <button
          type="button"
          onClick={() => setDraft(title)}
          aria-label={t.link.editTitle}
          title={t.link.editTitle}
          className="ml-1.5 inline-flex size-7 items-center justify-center rounded-md align-middle text-ink-3 hover:bg-hover hover:text-ink"
        >
          <Pencil size={15} aria-hidden />
        </button>
      </h1>
    );
  return (
    <div>
      <textarea
        ref={field}
        rows={1}
        aria-label={t.link.titleLabel}
        value={draft}
        maxLength={1000}
        onChange={(event) => setDraft(event.target.value.replace(/\n/g, ' '))}
        onBlur={() => close(true)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') {
            event.preventDefault();
            close(true);
          } else if (event.key === 'Escape') {
            event.stopPropagation();
            close(false);
          }
        }}
        className="-mx-2 block field-sizing-content w-[calc(100%+1rem)] resize-none rounded-lg border border-accent bg-surface px-2 py-0.5 text-xl font-semibold ring-1 ring-accent outline-none"
      />
      <p className="mt-1 text-xs text-ink-3">{t.link.titleReset}</p>
    </div>
  );
}
