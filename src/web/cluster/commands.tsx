import { useTexts } from '../i18n/texts.tsx';
import { CopyLine } from '../ui/copy.tsx';
import { cx } from '../ui/cx.ts';

/** Commands in the order in which they are given, each to be copied. */
export function Commands({ lines, className }: { lines: readonly string[]; className?: string }) {
  const t = useTexts().cluster;
  return (
    <ol className={cx('space-y-1.5', className)}>
      {lines.map((line, at) => (
        <li key={line}>
          <CopyLine text={line} what={t.command(at + 1)} />
        </li>
      ))}
    </ol>
  );
}
