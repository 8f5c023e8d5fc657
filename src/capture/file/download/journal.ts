import type { PartialBlob } from '../../../store/index.ts';
import type { FileIdentity } from '../http/identity.ts';
import { bytesIn, type Interval, withInterval } from './intervals.ts';
import { encodeNote, type FileAnswer, readNote } from './note.ts';

/** A note costs a sync of the disk, and what was written since the last one comes again after a crash. */
const noteAfterMs = 1_000;

/** Keeps book of which bytes of a file are there, in memory and, soon after, beside the bytes. */
export class Journal {
  /** What is known of the file; absent for one that could not be gone on with. */
  source: { readonly identity: FileIdentity; readonly answer: FileAnswer } | undefined;
  done: readonly Interval[] = [];
  resumed = 0;
  readonly #partial: PartialBlob;
  readonly #url: string;
  #timer: NodeJS.Timeout | undefined;
  #noting: Promise<void> | undefined;
  #fault: { readonly error: unknown } | undefined;

  /** Takes up what an earlier writer left, where it is of use. */
  constructor(partial: PartialBlob, url: string) {
    this.#partial = partial;
    this.#url = url;
    const note = readNote(partial.note, url, partial.sizeBytes);
    if (!note) return;
    this.source = { identity: note.identity, answer: note.answer };
    this.done = note.done;
    this.resumed = note.resumed + 1;
  }

  get bytes(): number {
    return bytesIn(this.done);
  }

  /** Forgets everything that came. */
  async begin(source?: Journal['source']): Promise<void> {
    await this.rest();
    this.source = source;
    this.done = [];
    // What an older note says is not true of the bytes that come now.
    if (this.#partial.note) await this.#partial.setNote('');
    await this.#partial.truncate(0);
  }

  /** Bytes that were written; throws what went wrong with an earlier note. */
  add(interval: Interval): void {
    if (this.#fault) throw this.#fault.error;
    this.done = withInterval(this.done, interval);
    if (this.source) this.#noteSoon();
  }

  /** Notes what is there, for whoever goes on; what cannot be noted comes again. */
  async note(): Promise<void> {
    await this.rest();
    const work = async () => {
      // On a disk that is full, what was half-written takes the room of the note.
      await this.#partial.truncate(this.done.at(-1)?.[1] ?? 0);
      await this.#note();
    };
    await work().catch(() => {});
  }

  /** Notes nothing more until bytes are added, and waits for a note that is on its way. */
  async rest(): Promise<void> {
    await this.#noting;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #noteSoon(): void {
    if (this.#timer || this.#noting) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      const { done } = this;
      this.#noting = this.#note()
        .catch((error) => {
          this.#fault = { error };
        })
        .finally(() => {
          this.#noting = undefined;
          if (this.done !== done && this.source && !this.#fault) this.#noteSoon();
        });
    }, noteAfterMs);
  }

  #note(): Promise<void> {
    const { source, done, resumed } = this;
    if (!source) return Promise.resolve();
    return this.#partial.setNote(encodeNote({ url: this.#url, ...source, done, resumed }));
  }
}
