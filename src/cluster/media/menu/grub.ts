import { type MenuEntry, waitSeconds } from './menu-entry.ts';

/** As `withIsolinuxEntries`, for a menu of GRUB. */
export function withGrubEntries(text: string, entries: readonly MenuEntry[]): string | undefined {
  const lines = text.split(/\r?\n/);
  const first = lines.findIndex((line) => /^\s*menuentry\s/.test(line));
  if (first < 0) return undefined;
  const end = lines.findIndex((line, index) => index > first && /^\s*\}/.test(line));
  const body = lines.slice(first + 1, end < 0 ? undefined : end);
  const linux = body.find((line) => /^\s*linux(?:efi|16)?\s/.test(line))?.trim();
  const initrd = body.find((line) => /^\s*initrd(?:efi|16)?\s/.test(line))?.trim();
  if (linux === undefined || initrd === undefined) return undefined;
  const added = entries.flatMap(({ title, kernelArguments }) => [
    `menuentry '${title}' {`,
    `\t${[linux, ...kernelArguments].join(' ')}`,
    `\t${initrd}`,
    '}',
  ]);
  const isAlone = entries.length === 1;
  const kept = (line: string) => !/^\s*set (?:timeout|default)=/.test(line);
  // -1 waits for ever.
  const settings = ['set default=0', `set timeout=${isAlone ? waitSeconds : -1}`];
  return [
    ...lines.slice(0, first).filter(kept),
    ...settings,
    ...added,
    ...lines.slice(first).filter(kept),
  ].join('\n');
}
