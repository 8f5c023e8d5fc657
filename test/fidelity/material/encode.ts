type Table = ReadonlyMap<string, readonly number[]>;

const tables = new Map<string, Table>();

/** The inverse of what the platform decodes: every sequence of one and two bytes that gives one character. */
function tableOf(label: string): Table {
  const known = tables.get(label);
  if (known) return known;
  const decoder = new TextDecoder(label);
  const table = new Map<string, readonly number[]>();
  const learn = (...bytes: number[]) => {
    const text = decoder.decode(Uint8Array.from(bytes));
    if ([...text].length === 1 && text !== '\ufffd' && !table.has(text)) table.set(text, bytes);
  };
  for (let one = 0; one < 256; one++) learn(one);
  for (let lead = 0x81; lead < 0xff; lead++) for (let trail = 0x40; trail < 0xff; trail++) learn(lead, trail);
  if (label === 'gb18030') {
    // Four-byte sequences of the first planes, enough for the characters that two bytes cannot say.
    for (const lead of [0x81, 0x82, 0x94, 0x95]) {
      for (let b = 0x30; b < 0x3a; b++) {
        for (let c = 0x81; c < 0xff; c++) for (let d = 0x30; d < 0x3a; d++) learn(lead, b, c, d);
      }
    }
  }
  tables.set(label, table);
  return table;
}

/** Encodes text in one of the web's legacy encodings or UTF-16; throws for a character that it does not have. */
export function encode(text: string, label: string): Buffer {
  if (label === 'utf-16le') return Buffer.from(text, 'utf16le');
  if (label === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
  const table = tableOf(label);
  return Buffer.from(
    [...text].flatMap((character) => {
      const bytes = table.get(character);
      if (!bytes) throw new Error(`Encoding "${label}" has no character "${character}"`);
      return bytes;
    }),
  );
}
