/** Everything in a tar is padded to blocks of this many bytes (POSIX 1003.1, pax, "ustar Interchange Format"). */
export const blockBytes = 512;

/** How many zero bytes follow a body of `sizeBytes`. */
export const paddingOf = (sizeBytes: number): number => (blockBytes - (sizeBytes % blockBytes)) % blockBytes;

/** Where a field of a header lies, in bytes. */
export const field = {
  name: [0, 100],
  mode: [100, 108],
  uid: [108, 116],
  gid: [116, 124],
  size: [124, 136],
  mtime: [136, 148],
  checksum: [148, 156],
  type: [156, 157],
  link: [157, 257],
  magic: [257, 265],
  devMajor: [329, 337],
  devMinor: [337, 345],
  prefix: [345, 500],
} as const satisfies Record<string, readonly [number, number]>;

export const isZeroBlock = (block: Uint8Array): boolean => block.every((byte) => byte === 0);

/** The sum of a header's bytes with its checksum field read as spaces. */
export function checksumOf(block: Uint8Array): number {
  const [start, end] = field.checksum;
  let sum = 0;
  for (let at = 0; at < blockBytes; at++) sum += at >= start && at < end ? 0x20 : block[at]!;
  return sum;
}
