import { CornerDownLeft, LoaderCircle, Tags } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useMemo, useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { TagInput } from '../ui/tag-input.tsx';
import { AddPreview } from './add-preview.tsx';
import { AddResultNote } from './add-result.tsx';
import { addable, parsePaste } from './paste.ts';
import { type AddResult, useAdd } from './use-add.ts';

/** The field that takes one link or a hundred lines, with tags and a note for all of them. */
export function AddField({
  field,
  onAdded,
}: {
  field: RefObject<HTMLTextAreaElement | null>;
  onAdded: () => void;
}) {
  const t = useTexts();
  const { add, sent } = useAdd();
  const [text, setText] = useState('');
  const [tags, setTags] = useState<readonly string[]>([]);
  const [note, setNote] = useState('');
  const [optionsShown, setOptionsShown] = useState(false);
  const [result, setResult] = useState<AddResult & { readonly left: string }>();
  const lines = useMemo(() => parsePaste(text), [text]);
  const urls = addable(lines);
  const many = lines.length > 1;
  const onlyBad = lines.length === 1 ? lines[0]!.problem : undefined;
  const busy = sent !== undefined;
  // A word that is still being typed is no mistake yet.
  const showBad = onlyBad !== undefined && /\s|:/.test(text);

  const submit = async (): Promise<void> => {
    if (urls.length === 0 || busy) return;
    const done = await add(urls, tags, note);
    if (!done) return;
    const left = lines.filter((line) => line.problem && line.problem !== 'repeated').map((line) => line.raw);
    setText(left.join('\n'));
    setResult({ ...done, left: left.join('\n') });
    setTags([]);
    setNote('');
    setOptionsShown(false);
    onAdded();
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void submit();
  };

  return (
    <section>
      <div className="rounded-xl border border-line-strong bg-surface shadow-sm transition-colors focus-within:border-accent focus-within:ring-1 focus-within:ring-accent">
        <div className={cx('flex items-end justify-end gap-1 p-1.5 pl-4', many && 'max-sm:flex-wrap')}>
          <textarea
            ref={field}
            data-testid="add-field"
            aria-label={t.add.label}
            aria-describedby="add-hint"
            // biome-ignore lint/a11y/noAutofocus: entering a link is what the page is for
            autoFocus
            rows={1}
            value={text}
            placeholder={t.add.placeholder}
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            inputMode="url"
            wrap={many ? 'off' : 'soft'}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={onKeyDown}
            className={cx(
              many && 'max-sm:basis-full',
              'field-sizing-content max-h-32 min-h-9 min-w-0 flex-1 resize-none bg-transparent py-1.5 text-base outline-none placeholder:truncate',
            )}
          />
          <button
            type="button"
            aria-expanded={optionsShown}
            aria-label={t.add.options}
            title={t.add.options}
            onClick={() => setOptionsShown(!optionsShown)}
            className={cx(
              'inline-flex size-9 shrink-0 items-center justify-center rounded-lg hover:bg-hover',
              optionsShown || tags.length || note ? 'text-accent' : 'text-ink-2',
            )}
          >
            <Tags size={18} aria-hidden />
          </button>
          <Button
            tone="main"
            data-testid="add-submit"
            disabled={urls.length === 0 || busy}
            onClick={() => void submit()}
          >
            {busy ? (
              <LoaderCircle size={16} className="animate-spin" aria-hidden />
            ) : (
              <CornerDownLeft size={16} aria-hidden className="max-sm:hidden" />
            )}
            {t.add.submit(urls.length)}
          </Button>
        </div>
        {many ? <AddPreview lines={lines} /> : null}
        {optionsShown || many ? (
          <div className="grid gap-x-4 gap-y-2 border-t border-line px-4 py-2.5 text-sm sm:grid-cols-2">
            <Option label={many ? t.add.tags : t.add.tagsOne}>
              <TagInput
                tags={tags}
                label={many ? t.add.tags : t.add.tagsOne}
                onAdd={(added) => setTags((old) => [...old, ...added])}
                onRemove={(tag) => setTags((old) => old.filter((one) => one !== tag))}
                onSubmit={() => void submit()}
              />
            </Option>
            <Option label={many ? t.add.note : t.add.noteOne}>
              <textarea
                rows={1}
                value={note}
                aria-label={many ? t.add.note : t.add.noteOne}
                onChange={(event) => setNote(event.target.value)}
                className="field-sizing-content block max-h-32 min-h-9.5 w-full resize-none rounded-lg border border-line-strong bg-surface px-2.5 py-2 text-sm outline-none focus:border-accent focus:ring-1 focus:ring-accent"
              />
            </Option>
          </div>
        ) : null}
      </div>
      <div aria-live="polite">
        {showBad ? <p className="px-4 pt-1.5 text-sm text-warn">{t.add.problem[onlyBad]}</p> : null}
        {busy && urls.length > 1 ? (
          <p className="px-4 pt-1.5 text-sm text-ink-2">{t.add.sending(sent, urls.length)}</p>
        ) : null}
        {result && !busy ? (
          <AddResultNote
            result={result}
            hasLeft={text !== '' && text === result.left}
            onClose={() => setResult(undefined)}
          />
        ) : null}
      </div>
      <p
        id="add-hint"
        className={cx('px-4 pt-1.5 text-xs text-ink-3 max-sm:hidden', (text === '' || showBad) && 'sr-only')}
      >
        {t.add.hint}
      </p>
    </section>
  );
}

function Option({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <p className="mb-1 text-xs font-medium text-ink-2">{label}</p>
      {children}
    </div>
  );
}
