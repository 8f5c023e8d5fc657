/** What a person chose for this browser; the server does not know it. */
export interface Preferences {
  /** Empty follows the browser. */
  readonly language: '' | 'en' | 'zh-CN';
  readonly theme: 'system' | 'light' | 'dark';
  readonly view: 'list' | 'cards';
}

/** The key in local storage; `public/theme.js` reads it before the first paint. */
export const preferencesKey = 'holdfast.preferences';
const defaults: Preferences = { language: '', theme: 'system', view: 'list' };

/** Reads stored preferences; whatever is not understood falls back to the default. */
export function parsePreferences(stored: string | null): Preferences {
  let value: Record<string, unknown> = {};
  try {
    const parsed: unknown = JSON.parse(stored ?? '{}');
    if (typeof parsed === 'object' && parsed !== null) value = parsed as Record<string, unknown>;
  } catch {
    return defaults;
  }
  return {
    language: value.language === 'en' || value.language === 'zh-CN' ? value.language : '',
    theme: value.theme === 'light' || value.theme === 'dark' ? value.theme : 'system',
    view: value.view === 'cards' ? 'cards' : 'list',
  };
}

/** The language to show: the chosen one, else the first of the browser's that there is a catalog for, else English. */
export function pickLanguage(chosen: Preferences['language'], browser: readonly string[]): 'en' | 'zh-CN' {
  if (chosen !== '') return chosen;
  for (const tag of browser) {
    if (/^zh\b/i.test(tag)) return 'zh-CN';
    if (/^en\b/i.test(tag)) return 'en';
  }
  return 'en';
}
