import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { partName } from '../format/bundle-index.ts';
import type { PartPlan } from '../format/part-sizes.ts';
import { chunkBytes } from '../limits.ts';
import { writeFully } from '../parts/part-file.ts';
import { type SharedBytes, sha256, sharedBytes } from '../parts/sha256.ts';

/** How many chunks are written and hashed side by side. */
const atOnce = 2;
/** The system is asked to begin writing down after so many chunks, so that the sync at the end is short. */
const flushEvery = 16;

/** Cuts a stream into chunks; writes each into its part while another thread hashes it. */
export class ChunkWriter {
  /** The hash of each chunk so far, in the order of the tar. */
  readonly hashes: (string | undefined)[];
  readonly #folder: string;
  readonly #parts: readonly PartPlan[];
  readonly #onChunk: (hash: string) => void;
  readonly #free = Array.from({ length: atOnce + 1 }, () => sharedBytes(chunkBytes));
  readonly #running = new Set<Promise<void>>();
  #told: number;
  #part = -1;
  #file: FileHandle | undefined;
  #written: Promise<void>[] = [];
  #ending: Promise<void> = Promise.resolve();
  #flushing: Promise<void> | undefined;
  #failure: { error: unknown } | undefined;
  #chunkStart: number;
  #filled = 0;
  #buffer: SharedBytes;

  /** Goes on after chunks whose hashes are `known`; `onChunk` is told of each further one, in order. */
  constructor(
    folder: string,
    parts: readonly PartPlan[],
    known: readonly string[],
    start: number,
    onChunk: (hash: string) => void,
  ) {
    this.#folder = folder;
    this.#parts = parts;
    this.#onChunk = onChunk;
    this.hashes = [...known];
    this.#told = known.length;
    this.#chunkStart = start;
    this.#buffer = this.#free.pop()!;
  }

  /** Takes the next bytes; they may be used again once it resolves. */
  async put(bytes: Uint8Array): Promise<void> {
    for (let rest = bytes; rest.length > 0; ) {
      const room = this.#chunkLength() - this.#filled;
      const piece = rest.subarray(0, room);
      this.#buffer.set(piece, this.#filled);
      this.#filled += piece.length;
      rest = rest.subarray(piece.length);
      if (piece.length === room) await this.#flush();
    }
  }

  /** Waits until everything is written and lasts. */
  async finish(): Promise<readonly string[]> {
    await this.#closePart();
    await this.#ending;
    if (this.#failure) throw this.#failure.error;
    return this.hashes as string[];
  }

  /** Lets go of everything, as it is. */
  async abandon(): Promise<void> {
    await Promise.allSettled([...this.#running, this.#ending]);
    await this.#flushing;
    await this.#file?.close().catch(() => {});
  }

  #chunkLength(): number {
    const { start, sizeBytes } = this.#parts[this.#partAt(this.#chunkStart)]!;
    return Math.min(chunkBytes, start + sizeBytes - this.#chunkStart);
  }

  #partAt(position: number): number {
    return Math.floor(position / this.#parts[0]!.sizeBytes);
  }

  async #flush(): Promise<void> {
    const [buffer, sizeBytes, start] = [this.#buffer, this.#filled, this.#chunkStart];
    const number = this.#partAt(start);
    if (number !== this.#part) await this.#openPart(number);
    const file = this.#file!;
    const index = this.hashes.push(undefined) - 1;
    const bytes = buffer.subarray(0, sizeBytes);
    const work = async () => {
      const at = start - this.#parts[number]!.start;
      const [hash] = await Promise.all([sha256(bytes), writeFully(file, bytes, at)]);
      this.hashes[index] = hash;
      this.#tell();
      this.#free.push(buffer);
    };
    const running: Promise<void> = work()
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
    this.#written.push(running);
    if (index % flushEvery === 0) this.#flushSoon(file);
    this.#chunkStart += sizeBytes;
    this.#filled = 0;
    while (this.#free.length === 0 && !this.#failure) await Promise.race(this.#running);
    if (this.#failure) throw this.#failure.error;
    this.#buffer = this.#free.pop()!;
  }

  #tell(): void {
    for (let hash = this.hashes[this.#told]; hash !== undefined; hash = this.hashes[this.#told]) {
      this.#told++;
      this.#onChunk(hash);
    }
  }

  #flushSoon(file: FileHandle): void {
    this.#flushing ??= file
      .datasync()
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => {
        this.#flushing = undefined;
      });
  }

  async #openPart(number: number): Promise<void> {
    await this.#closePart();
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW;
    this.#file = await open(join(this.#folder, partName(number + 1)), flags, 0o644);
    this.#part = number;
  }

  /** The next part goes on while this one is made to last. */
  async #closePart(): Promise<void> {
    const [file, written, number] = [this.#file, this.#written, this.#part];
    if (!file) return;
    await this.#ending;
    await this.#flushing;
    this.#file = undefined;
    this.#written = [];
    this.#ending = Promise.all(written)
      .then(async () => {
        await file.truncate(this.#parts[number]!.sizeBytes);
        await file.sync();
      })
      .finally(() => file.close())
      .catch((error: unknown) => {
        this.#failure ??= { error };
      });
  }
}
