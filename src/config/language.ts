import { configErrors } from './errors.ts';
import type { ValueReader } from './values.ts';

/** The languages that Holdfast speaks. */
export type Language = 'en' | 'zh-CN';

/** Reads a language as people and systems write it: `en`, `zh`, `zh-CN`, `zh_CN.UTF-8`. */
export const language: ValueReader<Language> = (text, { place }) => {
  const known = findLanguage(text);
  if (known !== undefined) return known;
  throw configErrors.badChoice({ place, value: text, choices: 'en, zh-CN' });
};

/** The language that the environment asks for, English where it asks for none that Holdfast speaks; never throws. */
export function languageOf(env: Readonly<Record<string, string | undefined>>): Language {
  const asked = env.HOLDFAST_LANG || env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return findLanguage(asked) ?? 'en';
}

function findLanguage(text: string): Language | undefined {
  const [first] = text.toLowerCase().split(/[-_.@]/);
  return first === 'zh' ? 'zh-CN' : first === 'en' ? 'en' : undefined;
}
