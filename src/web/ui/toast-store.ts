/** A message that comes by itself and goes again. */
export interface ToastMessage {
  readonly id: number;
  readonly title: string;
  readonly description?: string | undefined;
  readonly failed: boolean;
  readonly timeoutMs: number;
  readonly undo?: { readonly label: string; readonly run: () => void } | undefined;
}

const shownAtMost = 3;
let toasts: readonly ToastMessage[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function set(next: readonly ToastMessage[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Says what was done, with a way to take it back for ten seconds. */
export function toastDone(title: string, undo?: ToastMessage['undo']): void {
  push({ title, undo, failed: false, timeoutMs: undo ? 10_000 : 4_000 });
}

/** Says what failed and what to do next. */
export function toastFailed(title: string, description?: string): void {
  push({ title, description, failed: true, timeoutMs: 10_000 });
}

function push(toast: Omit<ToastMessage, 'id'>): void {
  set([...toasts, { ...toast, id: nextId++ }].slice(-shownAtMost));
}

/** Takes a message away. */
export const closeToast = (id: number): void => set(toasts.filter((toast) => toast.id !== id));
/** The messages that are shown now. */
export const currentToasts = (): readonly ToastMessage[] => toasts;

/** Calls back at every change until the returned function is called. */
export function subscribeToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
