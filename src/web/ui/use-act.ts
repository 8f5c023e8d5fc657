import { useCallback } from 'react';
import { ApiError } from '../api/client.ts';
import { type Texts, useTexts } from '../i18n/texts.tsx';
import { toastFailed } from './toast-store.ts';

/** An error as a sentence and, where there is one, the next step. */
export function describeError(error: unknown, t: Texts): { message: string; hint?: string } {
  if (!(error instanceof ApiError)) return { message: t.errors.title };
  if (error.status === 0) return { message: t.errors.offline };
  const message = error.message || t.errors.unexpected(error.status);
  return error.hint ? { message, hint: error.hint } : { message };
}

/** Runs what a person asked for; a failure becomes a toast and `undefined`. */
export function useAct(): <T>(work: () => Promise<T>) => Promise<T | undefined> {
  const t = useTexts();
  return useCallback(
    async (work) => {
      try {
        return await work();
      } catch (error) {
        const { message, hint } = describeError(error, t);
        toastFailed(message, hint);
        return undefined;
      }
    },
    [t],
  );
}
