import { useFormats } from '../i18n/texts.tsx';
import { useNow } from '../live/use-now.ts';

/** A time as people say it, with the exact one on hover and for machines. */
export function Time({ value, className }: { value: string; className?: string }) {
  const formats = useFormats();
  const now = useNow(30_000);
  return (
    <time dateTime={value} title={formats.dateTime(value)} className={className}>
      {formats.relative(value, now)}
    </time>
  );
}
