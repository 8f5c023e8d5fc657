import type { Clock } from '../../../kernel/index.ts';
import type { PartialBlob } from '../../../store/index.ts';
import type { FileIdentity } from '../http/identity.ts';
import { bytesIn, type Interval, withInterval } from './intervals.ts';
import { encodeNote, type FileAnswer, readNote } from './note.ts';

/** A note costs a sync of the disk, and what was written since the last one comes again after a crash. */
const noteEveryMs = 1_000;

/** Keeps book of which bytes of a file are there, in memory and, now and then, beside the bytes. */
export class Journal {
  /** What is known of the file; absent for one that could not be gone on with. */
  source: { readonly identity: FileIdentity; readonly answer: FileAnswer } | undefined;
  done: readonly Interval[] = [];
  resumed = 0;
  readonly #partial: PartialBlob;
  readonly #url: string;
  readonly #clock: Clock;
  #notedAtMs: number;
  #noting: Promise<void> = Promise.resolve();
  #isNoting = false;
  #fault: unknown;

  /** Takes up what an earlier writer left, where it is of use. */
  constructor(partial: PartialBlob, url: string, clock: Clock) {
    this.#partial = partial;
    this.#url = url;
    this.#clock = clock;
    this.#notedAtMs = clock.now();
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
    await this.#noting;
    this.source = source;
    this.done = [];
    // What an older note says is not true of the bytes that come now.
    if (this.#partial.note) await this.#partial.setNote('');
    await this.#partial.truncate(0);
  }

  /** Bytes that were written; throws what went wrong with an earlier note. */
  add(interval: Interval): void {
    if (this.#fault !== undefined) throw this.#fault;
    this.done = withInterval(this.done, interval);
    if (this.#isNoting || !this.source || this.#clock.now() - this.#notedAtMs < noteEveryMs) return;
    this.#isNoting = true;
    this.#noting = this.#note().then(
      () => {
        this.#isNoting = false;
        this.#notedAtMs = this.#clock.now();
      },
      (error) => {
        this.#fault = error;
      },
    );
  }

  /** Notes what is there, for whoever goes on; what cannot be noted comes again. */
  async note(): Promise<void> {
    await this.#noting;
    await this.#note().catch(() => {});
  }

  /** Waits until no note is on its way. */
  async rest(): Promise<void> {
    await this.#noting;
  }

  #note(): Promise<void> {
    const { source, done, resumed } = this;
    if (!source) return Promise.resolve();
    return this.#partial.setNote(encodeNote({ url: this.#url, ...source, done, resumed }));
  }
}
