type Bytes = AsyncIterable<Uint8Array>;

/** The same bytes in pieces of exactly `sizeBytes`, but for the last; copies, since a source may use its buffer again. */
export async function* inPieces(source: Bytes, sizeBytes = 64 * 1024): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  for await (let chunk of source) {
    while (heldBytes + chunk.length >= sizeBytes) {
      const cut = sizeBytes - heldBytes;
      yield Buffer.concat([...held, chunk.subarray(0, cut)]);
      chunk = chunk.subarray(cut);
      held = [];
      heldBytes = 0;
    }
    if (chunk.length === 0) continue;
    held.push(Uint8Array.from(chunk));
    heldBytes += chunk.length;
  }
  if (heldBytes > 0) yield Buffer.concat(held);
}

/** The bytes in base 64 (RFC 4648, 4), padded, as ASCII. */
export async function* asBase64(source: Bytes): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array = new Uint8Array();
  for await (const chunk of source) {
    const whole = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const cut = whole.length - (whole.length % 3);
    rest = Uint8Array.from(whole.subarray(cut));
    if (cut > 0) yield encode(whole.subarray(0, cut));
  }
  if (rest.length > 0) yield encode(rest);
}

/** How many characters `sizeBytes` bytes take in base 64. */
export function base64Length(sizeBytes: number): number {
  return 4 * Math.ceil(sizeBytes / 3);
}

/**
 * The bytes as the text of a data URI that stands in a double-quoted attribute: escaped is what would end the attribute,
 * or what the URL parser (WHATWG URL, 4.4) would take out or read as something else.
 */
export async function* asUriText(source: Bytes): AsyncGenerator<Uint8Array> {
  // One piece for each that came: style sheets have an escaped line break every few bytes.
  for await (const chunk of source) {
    const text = Buffer.allocUnsafe(uriTextLength(chunk));
    let at = 0;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (escapedInUri[byte] === 0) {
        text[at++] = byte;
      } else {
        text[at++] = 0x25;
        text[at++] = hexDigits[byte >> 4]!;
        text[at++] = hexDigits[byte & 15]!;
      }
    }
    if (at > 0) yield text;
  }
}

/** How many characters the bytes take as such a text. */
export function uriTextLength(bytes: Uint8Array): number {
  let length = bytes.length;
  // By index: an iterator takes many times as long for each byte.
  for (let i = 0; i < bytes.length; i++) length += 2 * escapedInUri[bytes[i]!]!;
  return length;
}

const hexDigits = Buffer.from('0123456789ABCDEF');

/** 1 for each byte that is escaped: control characters and " # % & < > */
const escapedInUri = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 0x20 || byte === 0x7f || '"#%&<>'.includes(String.fromCharCode(byte)) ? 1 : 0,
);

/** Bytes that are at hand as a stream. */
export async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function encode(bytes: Uint8Array): Buffer {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  return Buffer.from(text, 'latin1');
}
