/** Bytes in memory, opened as a blob is. */
export const openBytes =
  (bytes: Uint8Array) =>
  async (start: number): Promise<AsyncIterable<Uint8Array>> =>
    from(bytes.subarray(start));

async function* from(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
