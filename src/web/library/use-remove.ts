import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { changeLinks } from '../api/actions.ts';
import { useTexts } from '../i18n/texts.tsx';
import { toastDone } from '../ui/toast-store.ts';
import { useAct } from '../ui/use-act.ts';

/** Moves links to the trash, with a way back. */
export function useRemove(): (ids: readonly string[]) => Promise<boolean> {
  const t = useTexts();
  const client = useQueryClient();
  const act = useAct();
  return useCallback(
    async (ids) => {
      const all = [...ids];
      const removed = await act(() => changeLinks(client, { ids: all, action: 'remove' }));
      if (removed === undefined) return false;
      toastDone(t.link.deleted(all.length), {
        label: t.act.undo,
        run: () =>
          void act(async () => {
            await changeLinks(client, { ids: all, action: 'restore' });
            toastDone(t.link.restored(all.length));
          }),
      });
      return true;
    },
    [t, client, act],
  );
}
