import { CircleAlert, X } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { IconButton } from './button.tsx';
import { closeToast, currentToasts, subscribeToasts, type ToastMessage } from './toast-store.ts';

/** The place where messages appear; they wait while the pointer or the focus is on them. */
export function Toasts() {
  const toasts = useSyncExternalStore(subscribeToasts, currentToasts);
  const [held, setHeld] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: messages stay while somebody reads them
    <section
      aria-live="polite"
      aria-relevant="additions"
      className="pointer-events-none fixed inset-x-3 bottom-[calc(4.5rem+env(safe-area-inset-bottom))] z-60 mx-auto flex max-w-md flex-col gap-2 lg:bottom-5"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {toasts.map((toast) => (
        <Message key={toast.id} toast={toast} held={held} />
      ))}
    </section>
  );
}

function Message({ toast, held }: { toast: ToastMessage; held: boolean }) {
  const t = useTexts();
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => closeToast(toast.id), toast.timeoutMs);
    return () => clearTimeout(timer);
  }, [toast, held]);
  return (
    <div
      role={toast.failed ? 'alert' : undefined}
      className="float-panel pointer-events-auto flex items-center gap-3 py-1.5 pr-1.5 pl-4"
    >
      {toast.failed ? <CircleAlert size={18} className="shrink-0 text-bad" aria-hidden /> : null}
      <div className="min-w-0 flex-1 py-1 text-sm">
        <p className="font-medium">{toast.title}</p>
        {toast.description ? <p className="text-ink-2">{toast.description}</p> : null}
      </div>
      {toast.undo ? (
        <button
          type="button"
          data-testid="undo"
          className="h-9 shrink-0 rounded-lg px-3 text-sm font-semibold text-accent hover:bg-accent-soft"
          onClick={() => {
            closeToast(toast.id);
            toast.undo?.run();
          }}
        >
          {toast.undo.label}
        </button>
      ) : null}
      <IconButton label={t.act.close} onClick={() => closeToast(toast.id)}>
        <X size={16} aria-hidden />
      </IconButton>
    </div>
  );
}
