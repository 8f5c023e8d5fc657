const maxLineBytes = 8 * 1024 ** 2;

/** The text of a body; with `cut` the rest is let go, otherwise more than `maxBytes` throws a `RangeError`. */
export async function textOf(
  body: AsyncIterable<Uint8Array> & { destroy(): unknown },
  maxBytes: number,
  cut = false,
): Promise<string> {
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const piece of body) {
    sizeBytes += piece.length;
    pieces.push(piece);
    if (sizeBytes <= maxBytes) continue;
    body.destroy();
    if (!cut) throw new RangeError(`it is larger than ${maxBytes} bytes`);
    break;
  }
  return Buffer.concat(pieces).subarray(0, maxBytes).toString();
}

/** The lines of a body as they come; a line that has no end throws a `RangeError`. */
export async function* linesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const piece of body) {
    let rest = piece;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      pieces.push(rest.subarray(0, end));
      const line = Buffer.concat(pieces).toString();
      if (line.trim() !== '') yield line;
      pieces = [];
      sizeBytes = 0;
      rest = rest.subarray(end + 1);
    }
    pieces.push(rest);
    sizeBytes += rest.length;
    if (sizeBytes > maxLineBytes) throw new RangeError(`a line of it is larger than ${maxLineBytes} bytes`);
  }
}
