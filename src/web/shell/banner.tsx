import { WifiOff } from 'lucide-react';
import { useTexts } from '../i18n/texts.tsx';
import { useConnection } from '../live/connection.ts';

/** Says that the server is gone while it is. */
export function ConnectionBanner({ onRetry }: { onRetry: () => void }) {
  const t = useTexts();
  const lost = useConnection() === 'lost';
  return (
    <div role="status" aria-live="polite">
      {lost ? (
        <div className="flex items-center gap-3 bg-warn-soft px-4 py-2 text-sm text-warn">
          <WifiOff size={16} className="shrink-0" aria-hidden />
          <p className="min-w-0 flex-1">{t.errors.gone}</p>
          <button
            type="button"
            onClick={onRetry}
            className="shrink-0 rounded-md px-2 py-1 font-semibold underline underline-offset-2"
          >
            {t.act.tryNow}
          </button>
        </div>
      ) : null}
    </div>
  );
}
