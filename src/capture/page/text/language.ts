/** The page's language as BCP 47: what it says of itself, else what its script says; empty where that is any. */
export function languageOf(
  document: Document,
  { named, visibleText }: { named: readonly string[]; visibleText: string },
): string {
  const declared = document.documentElement?.getAttribute('lang') ?? '';
  for (const tag of [declared, ...named]) {
    const canonical = canonicalTag(tag);
    if (canonical !== '') return canonical;
  }
  return byScript(visibleText.slice(0, 20_000));
}

function canonicalTag(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag.split(/[,;]/, 1)[0]!.trim().replaceAll('_', '-'))[0] ?? '';
  } catch {
    return '';
  }
}

function byScript(text: string): string {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  const letters = count(/\p{L}/gu);
  if (letters < 20) return '';
  if (count(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu) > letters * 0.1) return 'ja';
  if (count(/\p{Script=Hangul}/gu) > letters * 0.3) return 'ko';
  return count(/\p{Script=Han}/gu) > letters * 0.3 ? 'zh' : '';
}
