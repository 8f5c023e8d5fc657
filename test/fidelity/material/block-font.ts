/** Bytes of big-endian 16-bit numbers. */
function shorts(...values: number[]): Buffer {
  const out = Buffer.alloc(values.length * 2);
  values.forEach((value, i) => {
    out.writeUInt16BE(value & 0xffff, i * 2);
  });
  return out;
}

function longs(...values: number[]): Buffer {
  const out = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => {
    out.writeUInt32BE(value >>> 0, i * 4);
  });
  return out;
}

const em = 1000;

/** One contour: the whole em square. */
function blockGlyph(): Buffer {
  const flags = Buffer.alloc(4, 1);
  const xs = shorts(0, em, 0, -em);
  const ys = shorts(0, 0, em, 0);
  return Buffer.concat([shorts(1, 0, 0, em, em, 3, 0), flags, xs, ys, Buffer.alloc(2)]);
}

function cmap(codes: readonly number[]): Buffer {
  const segments = codes.length + 1;
  const power = 2 ** Math.floor(Math.log2(segments));
  const table = Buffer.concat([
    shorts(4, 16 + segments * 8, 0, segments * 2, power * 2, Math.log2(power), (segments - power) * 2),
    shorts(...codes, 0xffff),
    shorts(0),
    shorts(...codes, 0xffff),
    shorts(...codes.map((code) => 1 - code), 1),
    shorts(...new Array(segments).fill(0)),
  ]);
  return Buffer.concat([shorts(0, 1, 3, 1), longs(12), table]);
}

function nameTable(family: string): Buffer {
  const text = Buffer.from(family, 'utf16le').swap16();
  const ids = [1, 2, 4, 6];
  return Buffer.concat([
    shorts(0, ids.length, 6 + ids.length * 12),
    ...ids.map((id) => shorts(3, 1, 0x409, id, text.length, 0)),
    text,
  ]);
}

function checksum(bytes: Buffer): number {
  let sum = 0;
  for (let i = 0; i < bytes.length; i += 4) sum = (sum + bytes.readUInt32BE(i)) >>> 0;
  return sum;
}

const padded = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);

/**
 * A TrueType font in which the given characters (of the basic plane) are a solid square of one em, so that a glance at
 * one pixel tells whether the font was there. OpenType 1.9, "Required tables".
 */
export function blockFont(characters: string, family = 'Block'): Buffer {
  const codes = [...new Set([...characters].map((c) => c.codePointAt(0)!))].sort((a, b) => a - b);
  const glyph = blockGlyph();
  const tables: Record<string, Buffer> = {
    'OS/2': Buffer.concat([
      shorts(4, em, 400, 5, 0, 650, 700, 0, 140, 650, 700, 0, 480, 50, 250, 0),
      Buffer.alloc(10),
      longs(1, 0, 0, 0),
      Buffer.from('NONE', 'latin1'),
      shorts(0x40, codes[0]!, codes.at(-1)!, em, 0, 0, em, 0),
      longs(1, 0),
      shorts(500, 700, 0, 32, 1),
    ]),
    cmap: cmap(codes),
    glyf: Buffer.concat([glyph, glyph]),
    head: Buffer.concat([
      longs(0x00010000, 0x00010000, 0, 0x5f0f3cf5),
      shorts(0x000b, em),
      Buffer.alloc(16),
      shorts(0, 0, em, em, 0, 8, 2, 1, 0),
    ]),
    hhea: Buffer.concat([longs(0x00010000), shorts(em, 0, 0, em, 0, 0, em, 1, 0, 0, 0, 0, 0, 0, 0, 2)]),
    hmtx: shorts(em, 0, em, 0),
    loca: longs(0, glyph.length, glyph.length * 2),
    maxp: Buffer.concat([longs(0x00010000), shorts(2, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)]),
    name: nameTable(family),
    post: Buffer.concat([longs(0x00030000, 0), shorts(0, 0), longs(0, 0, 0, 0, 0)]),
  };
  const tags = Object.keys(tables).sort();
  let offset = 12 + tags.length * 16;
  const records: Buffer[] = [];
  const bodies: Buffer[] = [];
  for (const tag of tags) {
    const body = padded(tables[tag]!);
    records.push(Buffer.from(tag, 'latin1'), longs(checksum(body), offset, tables[tag]!.length));
    bodies.push(body);
    offset += body.length;
  }
  const power = 2 ** Math.floor(Math.log2(tags.length));
  const header = Buffer.concat([
    longs(0x00010000),
    shorts(tags.length, power * 16, Math.log2(power), tags.length * 16 - power * 16),
  ]);
  return Buffer.concat([header, ...records, ...bodies]);
}
