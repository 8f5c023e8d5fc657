const kinds = [
  { coding: 'gzip', command: 'gunzip', magic: [0x1f, 0x8b] },
  { coding: 'zstd', command: 'unzstd', magic: [0x28, 0xb5, 0x2f, 0xfd] },
  { coding: 'xz', command: 'unxz', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a] },
  { coding: 'bzip2', command: 'bunzip2', magic: [0x42, 0x5a, 0x68] },
] as const;

/** By which program bytes were compressed that begin so, and which one unpacks them. */
export function compressionOf(first: Uint8Array): { coding: string; command: string } | undefined {
  return kinds.find(({ magic }) => magic.every((byte, at) => first[at] === byte));
}
