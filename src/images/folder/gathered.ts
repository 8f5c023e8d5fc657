import { open, rename, unlink } from 'node:fs/promises';

interface Waiting {
  readonly temporary: string;
  readonly sizeBytes: number;
}

const maxFiles = 128;
const maxBytes = 64 * 1024 * 1024;
const syncsAtATime = 8;

/**
 * Files that were written under temporary names and wait to be synced together: the first sync makes the file system write
 * down what it knows of all of them, so that the others cost little. Only then each gets its name.
 */
export class Gathered {
  #waiting = new Map<string, Waiting>();
  #steps: (() => Promise<void>)[] = [];
  #bytes = 0;
  #last: Promise<void> = Promise.resolve();

  /** The size of a file that waits for its name. */
  sizeOf(target: string): number | undefined {
    return this.#waiting.get(target)?.sizeBytes;
  }

  /** True where enough waits. */
  get isFull(): boolean {
    return this.#waiting.size + this.#steps.length >= maxFiles || this.#bytes >= maxBytes;
  }

  add(target: string, temporary: string, sizeBytes: number): void {
    this.#waiting.set(target, { temporary, sizeBytes });
    this.#bytes += sizeBytes;
  }

  /** Does something once all that was added before has its name. */
  afterwards(step: () => Promise<void>): void {
    this.#steps.push(step);
  }

  /** Gives everything that waits its name, in the order in which it came. One flush ends before the next begins; after one that failed all fail. */
  flush(): Promise<void> {
    this.#last = this.#last.then(() => this.#flushNow());
    return this.#last;
  }

  async #flushNow(): Promise<void> {
    const waiting = [...this.#waiting];
    const steps = this.#steps;
    this.#steps = [];
    this.#bytes = 0;
    try {
      const rest = waiting.values();
      const worker = async () => {
        for (const [, { temporary }] of rest) await syncFile(temporary);
      };
      await Promise.all(Array.from({ length: syncsAtATime }, worker));
      for (const [target, { temporary }] of waiting) await rename(temporary, target);
      for (const step of steps) await step();
    } finally {
      for (const [target, each] of waiting) {
        if (this.#waiting.get(target) === each) this.#waiting.delete(target);
        await unlink(each.temporary).catch(() => {});
      }
    }
  }
}

async function syncFile(path: string): Promise<void> {
  await using file = await open(path, 'r');
  await file.sync();
}
