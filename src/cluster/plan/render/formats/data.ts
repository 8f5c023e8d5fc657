import { stringify } from 'yaml';

/** YAML as the tools of Kubernetes write it; texts of several lines stand as blocks, everything else on one line. */
export function yamlText(value: object, heading: readonly string[] = []): string {
  const comment = heading.map((line) => `# ${line}\n`).join('');
  return comment + stringify(value, { indentSeq: false, lineWidth: 0, aliasDuplicateObjects: false });
}

/** JSON for people: two spaces, a line break at the end. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
