import { createHash, randomBytes } from 'node:crypto';
import type { Digest } from '../../kernel/index.ts';
import type { BlobInfo, BlobStore, PartialBlob } from '../../store/index.ts';
import { registryErrors } from '../errors.ts';

/** Whose upload it is: the repository and who began it. */
export interface Owner {
  readonly repository: string;
  readonly identity: string;
}

/** An upload that one request works on; whoever opened it calls `release`. */
export interface OpenUpload {
  readonly receivedBytes: number;
  /** Makes it outlive this process; called before bytes are written to it. */
  partial(): Promise<PartialBlob>;
  /** Makes what came a blob and ends the upload; throws `store.mismatch`. */
  finish(digest: Digest): Promise<BlobInfo>;
  discard(): Promise<void>;
  release(): void;
}

interface Live {
  partial: PartialBlob | undefined;
  busy: boolean;
}

const prefix = 'registry-';
const idPattern = /^[0-9a-f]{32}$/;

/** A key that only the id, the repository and the one who began it make together: nobody else finds the upload. */
function keyOf(id: string, { repository, identity }: Owner): string {
  const whose = createHash('sha256').update(`${repository}\0${identity}`).digest('hex').slice(0, 32);
  return `${prefix}${id}-${whose}`;
}

/** Uploads that were begun and not ended; what came of them lies in the store and outlives the process. */
export class Uploads {
  readonly #store: BlobStore;
  readonly #most: number;
  /** In the order of their last use. */
  readonly #live = new Map<string, Live>();

  constructor(store: BlobStore, most: number) {
    this.#store = store;
    this.#most = most;
  }

  /** Begins an upload; gives its id, which nobody can guess. Throws `registry.tooBusy`. */
  begin(owner: Owner): string {
    const id = randomBytes(16).toString('hex');
    this.#add(keyOf(id, owner), undefined);
    return id;
  }

  /** Takes up an upload; throws `registry.noUpload` and, while another request writes to it, `registry.uploadBusy`. */
  async open(id: string, owner: Owner): Promise<OpenUpload> {
    const gone = () => registryErrors.noUpload({ repository: owner.repository });
    if (!idPattern.test(id)) throw gone();
    const key = keyOf(id, owner);
    let live = this.#live.get(key);
    if (live?.busy) throw registryErrors.uploadBusy();
    if (!live) {
      if (!(await this.#isKept(key))) throw gone();
      live = this.#live.get(key) ?? this.#add(key, undefined);
      if (live.busy) throw registryErrors.uploadBusy();
      live.busy = true;
      try {
        live.partial = await this.#store.partial(key);
      } catch (error) {
        this.#live.delete(key);
        throw error;
      }
    }
    live.busy = true;
    this.#live.delete(key);
    this.#live.set(key, live);
    return this.#opened(key, live);
  }

  /** Throws away what nobody touched since `beforeMs`; gives the number. */
  async expire(beforeMs: number): Promise<number> {
    let count = 0;
    for await (const { key, touchedAt } of this.#store.partials()) {
      if (!key.startsWith(prefix) || touchedAt >= beforeMs || this.#live.get(key)?.busy) continue;
      const partial = this.#live.get(key)?.partial ?? (await this.#store.partial(key).catch(() => undefined));
      this.#live.delete(key);
      if (partial) await partial.discard();
      if (partial) count++;
    }
    return count;
  }

  /** Lets go of all; what came stays for the next process. */
  async close(): Promise<void> {
    for (const { partial } of this.#live.values()) await partial?.close();
    this.#live.clear();
  }

  #opened(key: string, live: Live): OpenUpload {
    const store = this.#store;
    const end = () => this.#live.delete(key);
    return {
      get receivedBytes() {
        return live.partial?.sizeBytes ?? 0;
      },
      async partial() {
        live.partial ??= await store.partial(key);
        return live.partial;
      },
      finish: async (digest) => {
        end();
        return live.partial ? live.partial.finish({ digest }) : store.put(new Uint8Array(), { digest });
      },
      discard: async () => {
        end();
        await live.partial?.discard();
      },
      release: () => {
        live.busy = false;
      },
    };
  }

  #add(key: string, partial: PartialBlob | undefined): Live {
    if (this.#live.size >= this.#most) this.#makeRoom();
    const live: Live = { partial, busy: false };
    this.#live.set(key, live);
    return live;
  }

  /** The one that rests longest gives way: what came of it stays in the store, one that is empty ends. */
  #makeRoom(): void {
    for (const [key, live] of this.#live) {
      if (live.busy) continue;
      this.#live.delete(key);
      void live.partial?.close().catch(() => {});
      return;
    }
    throw registryErrors.tooBusy({ limit: this.#most });
  }

  async #isKept(key: string): Promise<boolean> {
    for await (const partial of this.#store.partials()) if (partial.key === key) return true;
    return false;
  }
}
