import { domainToUnicode } from 'node:url';
import type { FieldTexts } from './engine.ts';
import type { SearchFields } from './types.ts';

/** The short fields as texts to be cut into tokens. */
export function fieldTexts({ title, url, note, tags }: SearchFields): FieldTexts {
  return { title, url: urlText(url), note, tags: tags.join('\n') };
}

/** An address as people read it; one with a punycode host is findable in both spellings. */
function urlText(url: string): string {
  const host = URL.parse(url)?.hostname ?? '';
  return /(^|\.)xn--/.test(host) ? `${decodePercent(url)}\n${domainToUnicode(host)}` : decodePercent(url);
}

/** `%E5%AE%89` as the characters it stands for, where they are UTF-8; anything else stays as it is. */
export function decodePercent(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => {
    try {
      return decodeURIComponent(bytes);
    } catch {
      return bytes;
    }
  });
}
