import type { BlobInfo, Expected, PartialBlob, PartialInfo } from './blob-store.ts';
import { storeErrors } from './errors.ts';
import { checkPartialKey } from './partial-key.ts';

interface Kept {
  bytes: Uint8Array;
  note: string | undefined;
  open: boolean;
  touchedAt: number;
}

/** Blobs on their way in, in memory. */
export class MemoryPartials {
  readonly #kept = new Map<string, Kept>();
  readonly #put: (bytes: Uint8Array, expected?: Expected) => Promise<BlobInfo>;

  constructor(put: (bytes: Uint8Array, expected?: Expected) => Promise<BlobInfo>) {
    this.#put = put;
  }

  open(key: string): PartialBlob {
    checkPartialKey(key);
    const kept = this.#kept.get(key) ?? {
      bytes: new Uint8Array(),
      note: undefined,
      open: false,
      touchedAt: Date.now(),
    };
    if (kept.open) throw storeErrors.partialBusy({ key });
    kept.open = true;
    this.#kept.set(key, kept);
    const touch = () => {
      kept.touchedAt = Date.now();
    };
    return {
      get sizeBytes() {
        return kept.bytes.length;
      },
      get note() {
        return kept.note;
      },
      async setNote(text) {
        kept.note = text;
        touch();
      },
      async reserve() {},
      async write(at, bytes) {
        const whole = new Uint8Array(Math.max(kept.bytes.length, at + bytes.length));
        whole.set(kept.bytes);
        whole.set(bytes, at);
        kept.bytes = whole;
        touch();
      },
      async truncate(sizeBytes) {
        kept.bytes = kept.bytes.slice(0, sizeBytes);
      },
      async sync() {},
      finish: (expected) => {
        this.#kept.delete(key);
        return this.#put(kept.bytes, expected);
      },
      async close() {
        kept.open = false;
      },
      discard: async () => {
        this.#kept.delete(key);
      },
    };
  }

  async *list(): AsyncGenerator<PartialInfo> {
    for (const [key, { bytes, touchedAt }] of [...this.#kept])
      yield { key, sizeBytes: bytes.length, touchedAt };
  }
}
