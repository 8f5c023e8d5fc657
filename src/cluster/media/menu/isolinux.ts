import { type MenuEntry, waitSeconds } from './menu-entry.ts';

/**
 * A menu of isolinux with entries before its own, made from the kernel and the arguments of its first; one alone is the
 * default and boots after 5 s. Undefined where the menu has no entry to begin from.
 */
export function withIsolinuxEntries(text: string, entries: readonly MenuEntry[]): string | undefined {
  const lines = text.split(/\r?\n/);
  const first = lines.findIndex((line) => /^\s*label\s/i.test(line));
  if (first < 0) return undefined;
  const next = lines.findIndex(
    (line, index) => index > first && /^\s*(?:label|menu (?:separator|end|begin))\b/i.test(line),
  );
  const body = lines.slice(first + 1, next < 0 ? undefined : next);
  const kernel = body.find((line) => /^\s*(?:kernel|linux)\s/i.test(line))?.trim();
  const append = body.find((line) => /^\s*append\s/i.test(line))?.trim();
  if (kernel === undefined || append === undefined) return undefined;
  const isAlone = entries.length === 1;
  const added = entries.flatMap(({ title, kernelArguments }, index) => [
    `label holdfast${index + 1}`,
    `  menu label ${title}`,
    ...(isAlone ? ['  menu default'] : []),
    `  ${kernel}`,
    `  ${[append, ...kernelArguments].join(' ')}`,
    '',
  ]);
  const kept = (line: string) => !/^\s*(?:menu default|timeout\s|totaltimeout\s|ontimeout\s)/i.test(line);
  const head = lines
    .slice(0, first)
    .filter(kept)
    .map((line) => defaultLine(line, isAlone));
  // In tenths of a second; 0 waits for ever.
  const timeout = `timeout ${isAlone ? waitSeconds * 10 : 0}`;
  return [timeout, ...head, ...added, ...lines.slice(first).filter(kept)].join('\n');
}

/** `default` names an entry, or the program that shows the menu, which stays. */
function defaultLine(line: string, isAlone: boolean): string {
  const [, name] = /^\s*default\s+(\S+)/i.exec(line) ?? [];
  return isAlone && name !== undefined && !name.endsWith('.c32') ? 'default holdfast1' : line;
}
