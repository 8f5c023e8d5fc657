/** A run of text within a block. Links carry only an address that is safe to open. */
export interface Inline {
  readonly text: string;
  readonly style?: 'strong' | 'em' | 'code' | undefined;
  readonly href?: string | undefined;
}

/** A block of readable text. */
export type Block =
  | { readonly type: 'heading'; readonly level: number; readonly inlines: readonly Inline[] }
  | { readonly type: 'paragraph' | 'quote'; readonly inlines: readonly Inline[] }
  | {
      readonly type: 'item';
      readonly depth: number;
      readonly marker: string;
      readonly inlines: readonly Inline[];
    }
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'table'; readonly rows: readonly (readonly (readonly Inline[])[])[] }
  | { readonly type: 'rule' };

const inlineAtMost = 20_000;
const inlinePattern =
  /\\([\\`*_{}[\]()#+\-.!>|~])|(`+)([^`]|[^`][\s\S]{0,2000}?[^`])\2(?!`)|!\[([^\]]{0,1000})\]\([^)\s]{0,4000}(?:\s+"[^"]*")?\)|\[([^\]]{0,1000})\]\(<?([^)\s>]{0,4000})>?(?:\s+"[^"]*")?\)|\*\*([^*\n]{1,1000})\*\*|(?<![\p{L}\p{N}])_([^_\n]{1,1000})_(?![\p{L}\p{N}])|\*([^*\s][^*\n]{0,1000})\*/gu;

/** Cuts one block's text into runs. Pictures become their description: nothing is loaded from where they were. */
export function parseInlines(text: string): Inline[] {
  if (text.length > inlineAtMost) return [{ text }];
  const runs: Inline[] = [];
  let plain = '';
  let at = 0;
  const flush = (): void => {
    if (plain) runs.push({ text: plain });
    plain = '';
  };
  for (const match of text.matchAll(inlinePattern)) {
    plain += text.slice(at, match.index);
    at = match.index + match[0].length;
    const [, escaped, , code, picture, label, href, strong, emUnderscore, emStar] = match;
    if (escaped !== undefined) plain += escaped;
    else if (picture !== undefined) plain += picture;
    else {
      flush();
      if (code !== undefined) runs.push({ text: code, style: 'code' });
      else if (label !== undefined) {
        const safe = /^https?:\/\//i.test(href ?? '') ? href : undefined;
        for (const run of parseInlines(label)) runs.push({ ...run, href: safe });
      } else if (strong !== undefined) runs.push({ text: unescapeMarks(strong), style: 'strong' });
      else runs.push({ text: unescapeMarks(emUnderscore ?? emStar ?? ''), style: 'em' });
    }
  }
  plain += text.slice(at);
  flush();
  return runs.filter((run) => run.text !== '');
}

const unescapeMarks = (text: string): string => text.replace(/\\([\\`*_{}[\]()#+\-.!>|~])/g, '$1');
const splitCells = (line: string): string[] =>
  line
    .trim()
    .replace(/^\||(?<!\\)\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());

/**
 * Reads the Markdown that a snapshot holds into blocks, line by line and so in linear time. What is not understood is a
 * paragraph. With `plain` every blank-separated run of lines is one.
 */
export function parseMarkdown(source: string, plain = false): Block[] {
  const lines = source.replace(/\r\n?/g, '\n').split('\n');
  const blocks: Block[] = [];
  let open: { type: 'paragraph' | 'quote'; lines: string[] } | undefined;
  const close = (): void => {
    if (open) {
      const text = open.lines.join(plain ? '\n' : ' ').trim();
      const inlines = plain ? (text ? [{ text }] : []) : parseInlines(text);
      if (inlines.length > 0) blocks.push({ type: open.type, inlines });
    }
    open = undefined;
  };
  const extend = (type: 'paragraph' | 'quote', line: string): void => {
    if (open?.type !== type) close();
    open ??= { type, lines: [] };
    open.lines.push(line);
  };

  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    const text = line.trim();
    if (text === '') {
      close();
      continue;
    }
    if (plain) {
      extend('paragraph', line);
      continue;
    }
    const fence = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(text);
    const item = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/.exec(line);
    if (fence !== undefined) {
      close();
      const code: string[] = [];
      for (at++; at < lines.length && !lines[at]!.trim().startsWith(fence); at++) code.push(lines[at]!);
      blocks.push({ type: 'code', text: code.join('\n') });
    } else if (heading) {
      close();
      blocks.push({ type: 'heading', level: heading[1]!.length, inlines: parseInlines(heading[2]!) });
    } else if (/^(?:[-*_]\s*){3,}$/.test(text)) {
      close();
      blocks.push({ type: 'rule' });
    } else if (item) {
      close();
      const rest = [item[3]!];
      while (/^\s+\S/.test(lines[at + 1] ?? '') && !/^\s*([-*+]|\d{1,9}[.)])\s/.test(lines[at + 1]!))
        rest.push(lines[++at]!.trim());
      const marker = /\d/.test(item[2]!) ? item[2]! : '•';
      blocks.push({
        type: 'item',
        depth: Math.min(6, Math.floor(item[1]!.length / 2)),
        marker,
        inlines: parseInlines(rest.join(' ')),
      });
    } else if (
      text.startsWith('|') &&
      /^\|?[\s:|-]+\|?$/.test(lines[at + 1]?.trim() ?? '') &&
      lines[at + 1]!.includes('-')
    ) {
      close();
      const rows = [splitCells(text)];
      for (at += 2; at < lines.length && lines[at]!.trim().startsWith('|'); at++)
        rows.push(splitCells(lines[at]!));
      at--;
      blocks.push({ type: 'table', rows: rows.map((row) => row.map(parseInlines)) });
    } else if (text.startsWith('>')) extend('quote', text.replace(/^>+\s?/, ''));
    else extend(open?.type ?? 'paragraph', text);
  }
  close();
  return blocks;
}
