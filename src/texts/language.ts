/** A language that every text exists in. */
export type Language = 'en' | 'zh-CN';

/** English first: it is the one that is taken where nothing fits. */
export const languages: readonly Language[] = ['en', 'zh-CN'];

/**
 * The language for a reader: takes an `Accept-Language` header (RFC 9110, 12.5.4) or a POSIX locale such as
 * `zh_CN.UTF-8` (`LC_ALL`, `LANG`). Any Chinese gets 简体中文; what is not understood gets English.
 */
export function pickLanguage(wanted: string | null | undefined): Language {
  let best: { language: Language; weight: number } | undefined;
  for (const part of (wanted ?? '').slice(0, 1_000).split(',')) {
    const [tag = '', ...parameters] = part.split(';');
    const language = languageOf(tag.trim().toLowerCase());
    const weight = weightOf(parameters);
    if (language && weight > (best?.weight ?? 0)) best = { language, weight };
  }
  return best?.language ?? 'en';
}

function languageOf(tag: string): Language | undefined {
  if (/^zh(?:[-_.@]|$)/.test(tag)) return 'zh-CN';
  return /^(?:en(?:[-_.@]|$)|\*$)/.test(tag) ? 'en' : undefined;
}

function weightOf(parameters: readonly string[]): number {
  const q = parameters.map((p) => p.trim().toLowerCase()).find((p) => p.startsWith('q='));
  if (q === undefined) return 1;
  const weight = Number(q.slice(2));
  return weight >= 0 && weight <= 1 ? weight : 0;
}
