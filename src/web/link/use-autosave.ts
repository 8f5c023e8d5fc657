import { useCallback, useEffect, useRef, useState } from 'react';

/** Where an automatic saving stands. */
export type SaveState = 'idle' | 'dirty' | 'saving' | 'saved' | 'failed';

const pauseMs = 800;

/**
 * Saves a text by itself: after a pause in typing, when the field is left, and when the component goes. One request is
 * under way at a time; what is typed meanwhile follows it. A text from outside is taken only while nothing is unsaved.
 */
export function useAutosave(stored: string, save: (text: string) => Promise<void>) {
  const [text, setText] = useState(stored);
  const [state, setState] = useState<SaveState>('idle');
  const now = useRef({ text: stored, stored, saving: false, save, alive: true });
  now.current.save = save;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const flush = useCallback(async (): Promise<void> => {
    clearTimeout(timer.current);
    const it = now.current;
    if (it.saving || it.text === it.stored) return;
    it.saving = true;
    const sending = it.text;
    if (it.alive) setState('saving');
    try {
      await it.save(sending);
      it.stored = sending;
      it.saving = false;
      if (it.alive) setState(it.text === sending ? 'saved' : 'dirty');
      if (it.text !== sending) await flush();
    } catch {
      it.saving = false;
      if (it.alive) setState('failed');
    }
  }, []);
  const change = useCallback(
    (next: string): void => {
      now.current.text = next;
      setText(next);
      setState('dirty');
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), pauseMs);
    },
    [flush],
  );

  useEffect(() => {
    const it = now.current;
    if (it.saving || it.text !== it.stored || it.stored === stored) return;
    it.text = stored;
    it.stored = stored;
    setText(stored);
  }, [stored]);
  useEffect(() => {
    const it = now.current;
    it.alive = true;
    return () => {
      it.alive = false;
      void flush();
    };
  }, [flush]);
  return { text, state, change, flush };
}
