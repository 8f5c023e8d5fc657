import { Check, TriangleAlert } from 'lucide-react';
import { useTexts } from '../i18n/texts.tsx';
import { cx } from '../ui/cx.ts';
import { readableUrl } from './link-facts.ts';
import { addable, type PastedLine } from './paste.ts';

const shownAtMost = 300;

/** What was pasted, line by line: what will be added and what will not, with the reason. */
export function AddPreview({ lines }: { lines: readonly PastedLine[] }) {
  const t = useTexts();
  const ready = addable(lines).length;
  const repeated = lines.filter((line) => line.problem === 'repeated').length;
  const bad = lines.length - ready - repeated;
  // Bad lines come first where not all fit, since they are what a person must see.
  const shown =
    lines.length <= shownAtMost
      ? lines
      : [...lines.filter((l) => l.problem), ...lines.filter((l) => !l.problem)].slice(0, shownAtMost);
  return (
    <section aria-label={t.add.preview} className="border-t border-line">
      <p className="flex flex-wrap gap-x-3 px-4 pt-2.5 pb-1 text-sm font-medium" aria-live="polite">
        <span>{t.add.ready(ready)}</span>
        {bad > 0 ? <span className="text-warn">{t.add.bad(bad)}</span> : null}
        {repeated > 0 ? <span className="text-ink-3">{t.add.repeated(repeated)}</span> : null}
      </p>
      <ol className="max-h-56 overflow-y-auto px-2 pb-2">
        {shown.map((line, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name of their own
            key={`${index}-${line.raw}`}
            className={cx(
              'flex items-baseline gap-2 rounded-md px-2 py-0.5 text-sm',
              line.problem && line.problem !== 'repeated' && 'bg-warn-soft',
            )}
          >
            <span className="w-4 shrink-0 translate-y-0.5" aria-hidden>
              {line.url ? (
                <Check size={14} className="text-good" />
              ) : (
                <TriangleAlert
                  size={14}
                  className={line.problem === 'repeated' ? 'text-ink-3' : 'text-warn'}
                />
              )}
            </span>
            <span className={cx('min-w-0 flex-1 truncate', !line.url && 'text-ink-2')}>
              {line.url ? readableUrl(line.url) : line.raw.slice(0, 300)}
            </span>
            {line.problem ? (
              <span
                className={cx(
                  'max-w-1/2 shrink-0 text-xs',
                  line.problem === 'repeated' ? 'text-ink-3' : 'text-warn',
                )}
              >
                {t.add.problem[line.problem]}
              </span>
            ) : null}
          </li>
        ))}
        {lines.length > shown.length ? (
          <li className="px-8 py-1 text-sm text-ink-3">{t.add.shown(lines.length - shown.length)}</li>
        ) : null}
      </ol>
    </section>
  );
}
