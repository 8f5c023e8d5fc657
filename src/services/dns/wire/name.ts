/**
 * A domain name as on the wire, uncompressed with its final zero, one character for each byte (latin1):
 * labels of any bytes compare and index as they are.
 */
export type WireName = string;

export const rootName: WireName = '\0';
export const maxNameBytes = 255;

/** The name with ASCII letters in lower case, under which names are equal (RFC 4343); other bytes stay. */
export function foldCase(name: WireName): WireName {
  return /[A-Z]/.test(name) ? name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : name;
}

/** The name without its first label; the root's parent is the root. */
export function parentOf(name: WireName): WireName {
  return name.length <= 1 ? rootName : name.slice(1 + name.charCodeAt(0));
}

/** True where `name` is `ancestor` or stands below it; both folded. */
export function isAtOrBelow(name: WireName, ancestor: WireName): boolean {
  let at = name;
  while (at.length > ancestor.length) at = parentOf(at);
  return at === ancestor;
}

const hostLabel = /^(?:\*|[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)$/;

/** What a text says as a name; undefined where it is no host name (letters, digits, `-`, `_`; `*` as the first label). */
export function wireOf(text: string): WireName | undefined {
  if (text === '.') return rootName;
  const labels = (text.endsWith('.') ? text.slice(0, -1) : text).split('.');
  if (!labels.every((label, i) => hostLabel.test(label) && (label !== '*' || i === 0))) return undefined;
  const wire = `${labels.map((label) => String.fromCharCode(label.length) + label).join('')}\0`;
  return wire.length > maxNameBytes ? undefined : wire;
}

/** The name for people, without a final dot: bytes that are not plain are escaped (`\.`, `\255`), the root is `.`. */
export function textOf(name: WireName): string {
  const labels: string[] = [];
  for (let at = name; at.length > 1; at = parentOf(at)) {
    labels.push(
      at
        .slice(1, 1 + at.charCodeAt(0))
        .replace(/[.\\"]/g, '\\$&')
        .replace(/[^!-~]/g, (char) => `\\${String(char.charCodeAt(0)).padStart(3, '0')}`),
    );
  }
  return labels.join('.') || '.';
}

/** A name read from a packet, and where what follows it begins. */
export interface ReadName {
  readonly name: WireName;
  readonly end: number;
}

/**
 * Reads a name that may be compressed (RFC 1035 section 4.1.4); undefined where it is malformed. A pointer must lead to an
 * earlier place than the one before it, so that reading ends.
 */
export function readName(packet: Buffer, from: number): ReadName | undefined {
  let name = '';
  let end = -1;
  let at = from;
  let earliest = from;
  for (;;) {
    if (at >= packet.length) return undefined;
    const length = packet[at]!;
    if (length === 0) return { name: `${name}\0`, end: end < 0 ? at + 1 : end };
    if (length < 64) {
      const next = at + 1 + length;
      if (next >= packet.length || name.length + 1 + length >= maxNameBytes) return undefined;
      name += packet.toString('latin1', at, next);
      at = next;
      continue;
    }
    if (length < 192 || at + 1 >= packet.length) return undefined;
    const target = ((length & 63) << 8) | packet[at + 1]!;
    if (target >= earliest || target < 12) return undefined;
    if (end < 0) end = at + 2;
    at = target;
    earliest = target;
  }
}
