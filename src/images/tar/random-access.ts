import { open } from 'node:fs/promises';

/** Bytes that can be read at any place: of a file, or of several that are one archive together. */
export interface RandomAccess extends AsyncDisposable {
  readonly name: string;
  readonly sizeBytes: number;
  /** Fills `into` from `at` on; answers how many bytes there were, fewer than asked only at the end. */
  read(into: Uint8Array, at: number): Promise<number>;
  close(): Promise<void>;
}

/** Opens a file for reading at any place. */
export async function openRandomAccess(path: string): Promise<RandomAccess> {
  const file = await open(path, 'r');
  const { size } = await file.stat();
  const close = () => file.close();
  return {
    name: path,
    sizeBytes: size,
    async read(into, at) {
      let filled = 0;
      while (filled < into.length) {
        const { bytesRead } = await file.read(into, filled, into.length - filled, at + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return filled;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
