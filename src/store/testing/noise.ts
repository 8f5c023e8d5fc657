/** Bytes of a size that differ from place to place and from seed to seed. */
export function noise(sizeBytes: number, seed: number): Buffer {
  const bytes = Buffer.alloc(sizeBytes);
  for (let at = 0; at + 4 <= sizeBytes; at += 4)
    bytes.writeUInt32LE((at * 2654435761 + seed * 40503) >>> 0, at);
  return bytes;
}
