/** What an extended header changes of the entry after it; the other keywords (times, owners, xattrs) are passed over. */
export interface PaxFields {
  path?: string;
  linkpath?: string;
  size?: number;
}

/**
 * Reads the records `<length> <key>=<value>\n` of an extended header (POSIX 1003.1, pax, "pax Extended Header"); a string is
 * what is wrong with them.
 */
export function readPax(bytes: Uint8Array): PaxFields | string {
  const fields: PaxFields = {};
  const seen = new Set<string>();
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at);
    const digits = space < 0 || space - at > 7 ? '' : decode(bytes.subarray(at, space));
    const end = at + (/^[1-9]\d*$/.test(digits) ? Number(digits) : 0);
    if (end <= space + 1 || end > bytes.length || bytes[end - 1] !== 0x0a)
      return 'an extended header has a record of the wrong length';
    const equals = bytes.subarray(space + 1, end - 1).indexOf(0x3d);
    if (equals < 1) return 'an extended header has a record without a key';
    const key = decode(bytes.subarray(space + 1, space + 1 + equals));
    const value = decode(bytes.subarray(space + 2 + equals, end - 1));
    at = end;
    if (key.startsWith('GNU.sparse.')) return 'a sparse file is not supported';
    if (key !== 'path' && key !== 'linkpath' && key !== 'size') continue;
    if (seen.has(key)) return `an extended header names "${key}" twice`;
    seen.add(key);
    // An empty value takes an earlier one back.
    if (value === '') continue;
    if (key !== 'size') fields[key] = value;
    else if (/^\d{1,16}$/.test(value) && Number.isSafeInteger(Number(value))) fields.size = Number(value);
    else return 'the size in an extended header is no number';
  }
  return fields;
}

/** The bytes of an extended header with these records, in the order given. */
export function writePax(records: Readonly<Record<string, string>>): Uint8Array {
  return Buffer.concat(Object.entries(records).map(([key, value]) => record(key, value)));
}

/** The length of a record counts its own digits. */
function record(key: string, value: string): Buffer {
  const rest = ` ${key}=${value}\n`;
  const restBytes = Buffer.byteLength(rest);
  let length = restBytes + 1;
  while (restBytes + String(length).length !== length) length = restBytes + String(length).length;
  return Buffer.from(`${length}${rest}`);
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
/** Names in other encodings than UTF-8 are told with U+FFFD. */
export const decode = (bytes: Uint8Array): string => decoder.decode(bytes);
