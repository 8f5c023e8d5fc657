import type { Digest } from '../kernel/index.ts';

/** What a blob's bytes may come from. */
export type BlobSource = Uint8Array | AsyncIterable<Uint8Array>;

/** What the writer already knows of a blob; a difference makes the write fail and leave nothing. */
export interface Expected {
  readonly digest?: Digest;
  readonly sizeBytes?: number;
  /** The most that the source may give; more fails with `store.tooLarge`. */
  readonly maxBytes?: number;
}

export interface BlobInfo {
  readonly digest: Digest;
  readonly sizeBytes: number;
}

export interface ListedBlob extends BlobInfo {
  /** When it was written or relied on last, to a minute or so; epoch milliseconds. */
  readonly touchedAt: number;
}

/** A half-open range of bytes: `start` inclusive, `end` exclusive. */
export interface ByteRange {
  readonly start: number;
  readonly end?: number;
}

/**
 * Content-addressed bytes. A blob is written once, synced, and then visible whole under its digest, or not at all.
 * Every adapter passes `blob-store.contract.ts`.
 */
export interface BlobStore {
  /** Undefined where the blob is not held. */
  stat(digest: Digest): Promise<BlobInfo | undefined>;
  /** As `stat`, for whoever goes on to rely on the blob without writing it: garbage collection leaves it alone for its grace. */
  touch(digest: Digest): Promise<BlobInfo | undefined>;
  /** Writes one blob durably; writing what is held already costs the hash only. */
  put(source: BlobSource, expected?: Expected): Promise<BlobInfo>;
  /** Several blobs whose sync is paid for once; none is visible before `commit`. */
  batch(): BlobBatch;
  /**
   * A blob that may come in over several processes, under a key of the writer's choosing (`a-z0-9._-`, at most 160); what
   * lies there already is kept. Throws `store.partialBusy` while a live writer has it open.
   */
  partial(key: string): Promise<PartialBlob>;
  /** Every blob that is on its way in so. */
  partials(): AsyncIterable<PartialInfo>;
  /** The bytes as a stream; throws `store.notFound` before the first byte. */
  read(digest: Digest, range?: ByteRange): Promise<AsyncIterable<Uint8Array>>;
  /** All bytes of a blob of at most `maxBytes` (default 64 MiB); throws `store.tooLarge` beyond, `store.corrupt` where the bytes do not have the digest. */
  bytes(digest: Digest, maxBytes?: number): Promise<Uint8Array>;
  /** Every blob held, in no order. */
  list(): AsyncIterable<ListedBlob>;
  /** Frees a blob, whoever relies on it; true where it was held. */
  delete(digest: Digest): Promise<boolean>;
  /** Begins to free what nobody needs; throws `store.sweepBusy` while another sweep, of any process, goes on. */
  sweep(): Promise<BlobSweep>;
}

/** The one sweep of a store; writers go on meanwhile. */
export interface BlobSweep {
  /** Frees a blob that nobody has written, touched or put since the time (epoch milliseconds); false where it stays or is gone. */
  free(digest: Digest, untouchedSince: number): Promise<boolean>;
  end(): Promise<void>;
}

/** Blobs on their way in. Either `commit` or `abort` ends it; `abort` leaves nothing behind. */
export interface BlobBatch {
  put(source: BlobSource, expected?: Expected): Promise<BlobInfo>;
  /** The bytes of a blob that this batch or the store holds. */
  bytes(digest: Digest, maxBytes?: number): Promise<Uint8Array>;
  commit(): Promise<void>;
  abort(): Promise<void>;
}

export interface PartialInfo {
  readonly key: string;
  readonly sizeBytes: number;
  /** When it was written to last, epoch milliseconds. */
  readonly touchedAt: number;
}

/** A blob on its way in that outlives its writer: what was written before a `sync` or `setNote` is there when it is opened again. */
export interface PartialBlob {
  /** Up to where bytes lie, whoever wrote them; a writer that leaves gaps notes them. */
  readonly sizeBytes: number;
  /** What was noted last, for example which source the bytes come from and which ranges are there. */
  readonly note: string | undefined;
  /** Makes what was written last through a crash, then the note. */
  setNote(text: string): Promise<void>;
  /** Throws `store.full` where the disk has no room for what is missing of so many bytes. */
  reserve(sizeBytes: number): Promise<void>;
  /** Writes at an offset; pieces may come in any order and side by side. The bytes may be used again once it resolves. */
  write(at: number, bytes: Uint8Array): Promise<void>;
  /** Cuts off what lies beyond. */
  truncate(sizeBytes: number): Promise<void>;
  /** Makes what was written last through a crash. */
  sync(): Promise<void>;
  /** Makes it a blob of the store, hashed over all its bytes; where they are not what was expected it throws as `put` does, and nothing of them stays. Where the disk failed they stay, for whoever opens it next. */
  finish(expected?: Expected): Promise<BlobInfo>;
  /** Lets go of it; what was written stays for whoever opens it next. */
  close(): Promise<void>;
  /** Throws it away. */
  discard(): Promise<void>;
}

/** A blob that is open for reading: it stays whole until it is closed, even where it is deleted meanwhile. */
export interface OpenBlob {
  readonly sizeBytes: number;
  /** Reads from offset `at` into a buffer of the reader's; resolves to how many bytes came, 0 at the end. Not checked against the digest. */
  read(into: Uint8Array, at: number): Promise<number>;
  close(): Promise<void>;
}

/** What a store can do besides, for servers that send large blobs to many at once: no buffer is made for each piece. */
export interface OpensBlobs {
  /** Throws `store.notFound`. */
  open(digest: Digest): Promise<OpenBlob>;
}
