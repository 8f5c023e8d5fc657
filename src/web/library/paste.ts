/** What stops a line from being added. */
export type PasteProblem = 'notLink' | 'scheme' | 'tooLong' | 'repeated';

/** One thing to add (or not) that was found in what a person typed or pasted. */
export interface PastedLine {
  /** As it was pasted, trimmed. */
  readonly raw: string;
  readonly url?: string;
  readonly problem?: PasteProblem;
}

const maxUrlLength = 16_384;
// Full-width punctuation ends a link in Chinese prose; ASCII brackets and quotes never stand bare in one.
const linkInText = /(?:https?|docker):\/\/[^\s<>"'`{}|\\^，。；：！？、）】」』》（【「『《]+/giu;
const schemeOnly = /^([a-z][a-z0-9+.-]*):(?!\d)/i;
const bareHost =
  /^(?:localhost|(?:\d{1,3}\.){3}\d{1,3}|(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}]{2,})(?::\d{1,5})?(?:[/?#]\S*)?$/u;
const plainHttpHost = /^(?:localhost|(?:\d{1,3}\.){3}\d{1,3})(?:[:/?#]|$)/;

/**
 * Reads pasted text line by line: plain links, links without a scheme, list bullets, Markdown links, links within prose
 * (several in one line too). Blank lines are skipped; every other line yields at least one entry.
 */
export function parsePaste(text: string): PastedLine[] {
  const lines: PastedLine[] = [];
  const seen = new Set<string>();
  for (const line of text.split(/\r\n|\r|\n|\u2028/)) {
    const raw = line.trim();
    if (raw === '') continue;
    for (const found of readLine(raw)) {
      const key = found.url === undefined ? undefined : comparable(found.url);
      if (key !== undefined && seen.has(key)) lines.push({ raw: found.raw, problem: 'repeated' });
      else lines.push(found);
      if (key !== undefined) seen.add(key);
    }
  }
  return lines;
}

/** The links of parsed lines that can be added. */
export const addable = (lines: readonly PastedLine[]): string[] =>
  lines.flatMap((line) => (line.url === undefined ? [] : [line.url]));

function readLine(raw: string): PastedLine[] {
  const text = raw.replace(/^(?:[-*•·]|\d{1,4}[.)、])\s+/u, '');
  const inText = [...text.matchAll(linkInText)].map((match) => trimEnd(match[0], text[match.index - 1]));
  if (inText.length > 1) return inText.map((url) => check(url, url));
  if (inText.length === 1) return [check(raw, inText[0]!)];
  if (bareHost.test(text)) return [check(raw, `${plainHttpHost.test(text) ? 'http' : 'https'}://${text}`)];
  return [{ raw, problem: schemeOnly.test(text) ? 'scheme' : 'notLink' }];
}

/** Cuts what belongs to the prose around a link: a full stop, or the bracket that was opened before it. */
function trimEnd(url: string, before: string | undefined): string {
  let end = url.replace(/[.,;:!?*_]+$/, '');
  for (const [open, close] of ['()', '[]']) {
    const surplus = end.split(close!).length > end.split(open!).length;
    if (surplus && (before === open || end.endsWith(close!))) end = end.slice(0, end.lastIndexOf(close!));
  }
  return end;
}

function check(raw: string, url: string): PastedLine {
  if (url.length > maxUrlLength) return { raw, problem: 'tooLong' };
  return URL.canParse(url) && new URL(url).hostname !== '' ? { raw, url } : { raw, problem: 'notLink' };
}

/** Enough to see a repetition while typing; the server compares more thoroughly. */
function comparable(url: string): string {
  const parsed = new URL(url);
  return parsed.href.replace(/\/$/, '');
}
