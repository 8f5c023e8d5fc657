/** What a JSON text from outside may be at most. */
export interface JsonLimits {
  readonly maxBytes: number;
  /** Values, counted by what separates them. */
  readonly maxValues: number;
  readonly maxDepth: number;
}

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Reads JSON whose size in memory is known to be bounded before any of it is built; a string is what is wrong with it. */
export function parseBoundedJson(bytes: Uint8Array, limits: JsonLimits): { value: unknown } | string {
  if (bytes.length > limits.maxBytes) return `it is longer than ${limits.maxBytes} bytes`;
  const fault = countedFault(bytes, limits);
  if (fault !== undefined) return fault;
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch {
    return 'it is not JSON';
  }
}

function countedFault(bytes: Uint8Array, { maxValues, maxDepth }: JsonLimits): string | undefined {
  let values = 0;
  let depth = 0;
  let inString = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (inString) {
      if (byte === backslash) at++;
      else if (byte === quote) inString = false;
      continue;
    }
    if (byte === quote) inString = true;
    else if (byte === comma || byte === colon) values++;
    else if (byte === openList || byte === openObject) {
      values++;
      if (++depth > maxDepth) return `it is nested deeper than ${maxDepth}`;
    } else if (byte === closeList || byte === closeObject) depth--;
    if (values > maxValues) return `it has more than ${maxValues} values`;
  }
  return undefined;
}
