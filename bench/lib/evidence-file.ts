import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { dirname, join } from 'node:path';

export const evidenceFile = join(import.meta.dirname, '../../docs/evidence.md');

const preface = `# Evidence
What runs have measured; each part says which command wrote it. Nothing here is written by hand.
`;

/** The date and the machine, without its name. */
export function machineLine(): string {
  const model = cpus()[0]?.model.replace(/\s+/g, ' ').trim() || 'unknown processor';
  const date = new Date().toISOString().slice(0, 10);
  return `${date}, ${cpus().length} cores (${model}), ${Math.round(totalmem() / 2 ** 30)} GB of memory, Node ${process.versions.node}`;
}

/** Puts a part into docs/evidence.md, in the place of the part of the same name that a run wrote before. */
export function writeEvidence(name: string, markdown: string): void {
  const [begin, end] = [`<!-- begin ${name} -->`, `<!-- end ${name} -->`];
  const part = `${begin}\n${markdown.trim()}\n${end}`;
  const old = existsSync(evidenceFile) ? readFileSync(evidenceFile, 'utf8') : preface;
  const [from, to] = [old.indexOf(begin), old.indexOf(end)];
  const text =
    from >= 0 && to > from
      ? old.slice(0, from) + part + old.slice(to + end.length)
      : `${old.trimEnd()}\n\n${part}\n`;
  mkdirSync(dirname(evidenceFile), { recursive: true });
  writeFileSync(evidenceFile, text);
}

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
