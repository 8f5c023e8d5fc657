import { Toast } from '@base-ui/react/toast';
import { CircleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { IconButton } from './button.tsx';

const manager = Toast.createToastManager();

/** Says what was done, with a way to take it back for ten seconds. */
export function toastDone(title: string, undo?: { label: string; run: () => void }): void {
  const id = manager.add({
    title,
    timeout: undo ? 10_000 : 4_000,
    ...(undo
      ? {
          actionProps: {
            children: undo.label,
            onClick: () => {
              manager.close(id);
              undo.run();
            },
          },
        }
      : {}),
  });
}

/** Says what failed and what to do next. */
export function toastFailed(title: string, description?: string): void {
  manager.add({ title, description, type: 'error', timeout: 10_000, priority: 'high' });
}

/** The place where toasts appear. */
export function Toasts({ children }: { children: ReactNode }) {
  return (
    <Toast.Provider toastManager={manager} limit={3}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="fixed inset-x-3 bottom-[calc(4.5rem+env(safe-area-inset-bottom))] z-60 mx-auto flex max-w-md flex-col gap-2 lg:bottom-5">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function ToastList() {
  const t = useTexts();
  return Toast.useToastManager().toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="float-panel flex items-center gap-3 py-2 pr-1.5 pl-4 data-[limited]:hidden"
    >
      {toast.type === 'error' ? <CircleAlert size={18} className="shrink-0 text-bad" aria-hidden /> : null}
      <Toast.Content className="min-w-0 flex-1 text-sm">
        <Toast.Title className="font-medium" render={<p />} />
        <Toast.Description className="text-ink-2" />
      </Toast.Content>
      {toast.actionProps ? (
        <Toast.Action
          data-testid="undo"
          className="h-9 rounded-lg px-3 text-sm font-semibold text-accent hover:bg-accent-soft"
        />
      ) : null}
      <Toast.Close render={<IconButton label={t.act.close} />}>
        <X size={16} aria-hidden />
      </Toast.Close>
    </Toast.Root>
  ));
}
