import { type Digest, isDigest } from '../../../kernel/index.ts';

const maxLines = 20_000;
const maxLineLength = 4_096;

/**
 * Reads the digest of a file out of a list of checksums, in the forms of GNU (`<hex>  name`, `<hex> *name`) and BSD
 * (`SHA256 (name) = <hex>`); a `./` before the name does not count. `alone`: a list that holds one digest and no name
 * speaks for the file. Undefined where the file is not in it, or where the list contradicts itself.
 */
export function digestInList(
  text: string,
  fileName: string,
  { alone = false }: { readonly alone?: boolean } = {},
): Digest | undefined {
  const lines = text.split(/\r?\n/, maxLines + 1).filter((line) => line.trim() !== '');
  if (lines.length > maxLines) return undefined;
  if (alone && lines.length === 1) {
    const only = digestOfHex(lines[0]!.trim());
    if (only) return only;
  }
  const found = new Set(lines.flatMap((line) => digestInLine(line, fileName) ?? []));
  const ofSha256 = [...found].filter((digest) => digest.startsWith('sha256:'));
  const candidates = ofSha256.length > 0 ? ofSha256 : [...found];
  return candidates.length === 1 ? candidates[0] : undefined;
}

function digestInLine(line: string, fileName: string): Digest | undefined {
  if (line.length > maxLineLength) return undefined;
  const gnu = /^([0-9a-f]{64}|[0-9a-f]{128}) [ *](.+)$/i.exec(line);
  if (gnu) return isName(gnu[2]!, fileName) ? digestOfHex(gnu[1]!) : undefined;
  const [, bits, name, hex = ''] = /^SHA(?:2-)?(256|512) ?\((.+)\) ?= ([0-9a-f]+)$/i.exec(line) ?? [];
  const fits = name !== undefined && hex.length * 4 === Number(bits);
  return fits && isName(name, fileName) ? digestOfHex(hex) : undefined;
}

const isName = (written: string, fileName: string) => written.replace(/^\.\//, '') === fileName;

function digestOfHex(hex: string): Digest | undefined {
  const digest = `${hex.length === 64 ? 'sha256' : 'sha512'}:${hex.toLowerCase()}`;
  return isDigest(digest) ? digest : undefined;
}
