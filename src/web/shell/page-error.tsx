import { CircleAlert } from 'lucide-react';
import { useTexts } from '../i18n/texts.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/states.tsx';

/** What stands where a page broke: the rest of the interface goes on. */
export function PageError({ error, reset }: { error: unknown; reset: () => void }) {
  const t = useTexts();
  return (
    <div role="alert">
      <EmptyState
        icon={<CircleAlert size={22} className="text-bad" aria-hidden />}
        title={t.errors.title}
        text={t.errors.boundary}
      >
        <Button onClick={reset}>{t.act.retry}</Button>
        <Button tone="main" onClick={() => location.reload()}>
          {t.act.reload}
        </Button>
        <p className="w-full pt-3 font-mono text-xs text-ink-3">
          {error instanceof Error ? error.message : String(error)}
        </p>
      </EmptyState>
    </div>
  );
}
