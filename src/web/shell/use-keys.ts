import { useEffect, useRef } from 'react';

/** Keys (`escape` in small letters) and what they do; a key that a handler does not want it leaves by giving false. */
export type Keys = Readonly<Record<string, (event: KeyboardEvent) => unknown>>;

const inField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

const windowOpen = (): boolean =>
  document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null;

/** Binds single keys while the component is there; they rest in fields, under open windows and with modifiers. */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented)
        return;
      const handler = latest.current[event.key === 'Escape' ? 'escape' : event.key];
      if (!handler || windowOpen()) return;
      if (inField(event.target)) {
        if (event.key === 'Escape') (event.target as HTMLElement).blur();
        return;
      }
      if (handler(event) !== false) event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
