/** A section of haproxy.cfg: its keyword, its name, and its lines as words, comments left out. */
export interface HaproxySection {
  readonly keyword: string;
  readonly name: string;
  readonly lines: readonly (readonly string[])[];
}

/** Reads haproxy.cfg as far as nothing in it is quoted or escaped; fails where something is. */
export function parseHaproxy(text: string): readonly HaproxySection[] {
  const sections: { keyword: string; name: string; lines: string[][] }[] = [];
  for (const whole of text.split('\n')) {
    const line = whole.replace(/(?:^|\s)#.*$/, '');
    if (line.trim() === '') continue;
    if (/["'\\$]/.test(line)) throw new SyntaxError(`Quoting: ${line}`);
    const words = line.trim().split(/\s+/);
    if (/^\S/.test(line)) sections.push({ keyword: words[0]!, name: words[1] ?? '', lines: [] });
    else sections.at(-1)!.lines.push(words);
  }
  return sections;
}

/** Where the sections of a keyword send connections: `name` → bind addresses or servers. */
export function wordsAfter(sections: readonly HaproxySection[], keyword: string, directive: string) {
  return Object.fromEntries(
    sections
      .filter((section) => section.keyword === keyword)
      .map(({ name, lines }) => [
        name,
        lines.filter(([first]) => first === directive).map(([, ...words]) => words),
      ]),
  );
}
