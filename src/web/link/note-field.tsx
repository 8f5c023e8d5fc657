import { useTexts } from '../i18n/texts.tsx';
import { cx } from '../ui/cx.ts';
import { areaClass } from '../ui/field.tsx';
import { useAutosave } from './use-autosave.ts';

/** The note of a link; it saves itself and says so. */
export function NoteField({ note, onSave }: { note: string; onSave: (note: string) => Promise<void> }) {
  const t = useTexts();
  const { text, state, change, flush } = useAutosave(note, onSave);
  return (
    <div>
      <div className="mb-1.5 flex items-baseline justify-between">
        <label htmlFor="link-note" className="text-sm font-semibold">
          {t.link.note}
        </label>
        <span aria-live="polite" className={cx('text-xs', state === 'failed' ? 'text-bad' : 'text-ink-3')}>
          {t.link.noteState[state]}
          {state === 'failed' ? (
            <button type="button" className="ml-2 font-medium underline" onClick={() => void flush()}>
              {t.act.retry}
            </button>
          ) : null}
        </span>
      </div>
      <textarea
        id="link-note"
        value={text}
        rows={3}
        maxLength={100_000}
        placeholder={t.link.notePlaceholder}
        onChange={(event) => change(event.target.value)}
        onBlur={() => void flush()}
        className={`${areaClass} field-sizing-content max-h-96 min-h-20`}
      />
    </div>
  );
}
