/** A record of a master file as its fields; names as they are written, with a final dot. */
export interface ZoneLine {
  readonly name: string;
  readonly ttl: number;
  readonly type: string;
  readonly data: string;
}

/** Reads a master file whose lines are `name ttl IN type data` (RFC 1035, section 5); fails at any other line but directives. */
export function parseZone(text: string): readonly ZoneLine[] {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('$'));
  return lines.map((line) => {
    const found = /^(\S+) (\d+) IN ([A-Z]+) (.+)$/.exec(line);
    if (!found) throw new SyntaxError(`No record: ${line}`);
    const [, name, ttl, type, data] = found;
    return { name: name!, ttl: Number(ttl), type: type!, data: data! };
  });
}
