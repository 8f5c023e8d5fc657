import { useSyncExternalStore } from 'react';
import { type Preferences, parsePreferences, preferencesKey } from './preferences.ts';

const listeners = new Set<() => void>();
let current = parsePreferences(readStored());

function readStored(): string | null {
  try {
    return localStorage.getItem(preferencesKey);
  } catch {
    return null; // Storage is switched off: preferences live as long as the page.
  }
}

/** The preferences at this moment, for code outside components. */
export const getPreferences = (): Preferences => current;

/** Changes preferences, keeps them and tells every component that reads them. */
export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(preferencesKey, JSON.stringify(current));
  } catch {
    // Storage is switched off.
  }
  applyTheme();
  for (const listener of listeners) listener();
}

const dark = matchMedia('(prefers-color-scheme: dark)');

/** Puts the theme that was chosen, or the system's, on the document. */
export function applyTheme(): void {
  const isDark = current.theme === 'dark' || (current.theme === 'system' && dark.matches);
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
}
dark.addEventListener('change', applyTheme);
addEventListener('storage', (event) => {
  if (event.key !== preferencesKey) return;
  current = parsePreferences(event.newValue);
  applyTheme();
  for (const listener of listeners) listener();
});

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The preferences, live. */
export const usePreferences = (): Preferences => useSyncExternalStore(subscribe, getPreferences);
