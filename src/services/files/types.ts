import type { Clock, Digest, HoldfastError } from '../../kernel/index.ts';
import type { OpensBlobs } from '../../store/index.ts';
import type { Limits } from './limits.ts';

/** Who asks, as far as the service can tell. */
export interface Visitor {
  readonly address: string;
  /** The rows of `expected` with this address. */
  readonly nodes: readonly ExpectedNode[];
}

/** Where the bytes of an entry come from; each file and blob is opened anew for each request. */
export type EntrySource =
  /** A regular file on disk; links are followed, since whoever runs the service named it. */
  | { readonly file: string }
  /** Every regular file below a folder; nothing outside of it, wherever links in it lead. */
  | { readonly folder: string }
  /** A blob of the store that the service was given. */
  | { readonly blob: Digest }
  | { readonly bytes: Uint8Array | string }
  /** Bytes made at each request. */
  | { readonly make: (visitor: Visitor) => Uint8Array | string | Promise<Uint8Array | string> }
  /** Another path of the service, answered in its place without a redirect; undefined where there is none for this visitor. */
  | { readonly alias: string | ((visitor: Visitor) => string | undefined) };

/** One thing that is served. */
export interface FileEntry {
  /** As in the URL, decoded, beginning with `/`; a folder's serves everything below. */
  readonly path: string;
  readonly from: EntrySource;
  /** By the name's ending where it is absent. */
  readonly mediaType?: string;
  /** `planned` gives it only to addresses that expect the path; default `anyone`. */
  readonly access?: 'anyone' | 'planned';
  /** A sentence that says why it is not given out now, for example since it has expired; asked at each request, answered with 410. */
  readonly refuse?: () => string | undefined;
}

/** What a machine is expected to fetch; a machine that becomes another one later has several rows. */
export interface ExpectedNode {
  readonly address: string;
  readonly node: string;
  readonly role: string;
  /** Paths of entries (not of aliases); `*` stands for all of them. */
  readonly paths: readonly string[];
}

/** How a fetch agrees with what was expected; `unjudged` where nothing is. */
export type Verdict =
  | 'as-planned'
  | 'wrong-role'
  | 'wrong-node'
  | 'unplanned-path'
  | 'unknown-address'
  | 'unjudged';

/** One request and what came of it. */
export interface Fetch {
  readonly id: number;
  readonly address: string;
  readonly method: string;
  /** As it was asked for; shortened, without control characters. */
  readonly path: string;
  /** The path whose bytes were given, where an alias or percent-encoding was used. */
  readonly servedPath: string;
  readonly status: number;
  /** Bytes of the body so far, as the kernel has taken them. */
  readonly sentBytes: number;
  /** Bytes that the answer has in all. */
  readonly answerBytes: number;
  /** Up to which byte of the file the answer goes, and how large the file is; 0 for errors. */
  readonly endByte: number;
  readonly sizeBytes: number;
  /** The answer was sent to its end. */
  readonly complete: boolean;
  readonly startedAt: number;
  /** When this was so; epoch milliseconds. */
  readonly at: number;
  readonly userAgent: string;
  readonly verdict: Verdict;
  readonly node?: string;
  readonly role?: string;
}

/** `began` is told before the first byte goes out, `progress` about twice a second while it goes on. */
export interface FetchEvent {
  readonly kind: 'began' | 'progress' | 'ended';
  readonly fetch: Fetch;
}

/** One line of the table: a path that a node is expected to fetch. */
export interface NodeFetchState {
  readonly node: string;
  readonly role: string;
  readonly address: string;
  readonly path: string;
  readonly state: 'waiting' | 'fetching' | 'done' | 'broken' | 'refused';
  /** How far the file has come, resumed downloads included. */
  readonly sentBytes: number;
  readonly sizeBytes?: number;
  /** When it last changed; undefined while nothing was asked for. */
  readonly at?: number;
}

/** A fetch that does not agree with the plan, counted by address, path and verdict. */
export interface Stranger {
  readonly address: string;
  readonly path: string;
  readonly verdict: Verdict;
  readonly node?: string;
  readonly role?: string;
  readonly times: number;
  readonly at: number;
}

export interface FilesState {
  readonly nodes: readonly NodeFetchState[];
  readonly strangers: readonly Stranger[];
}

export interface FileServiceOptions {
  readonly entries: readonly FileEntry[];
  /** Needed where an entry is a blob. */
  readonly store?: OpensBlobs;
  readonly expected?: readonly ExpectedNode[];
  readonly limits?: Partial<Limits>;
  readonly clock?: Clock;
  /** How an error reads to the person at the console; English where it is absent. */
  readonly say?: (error: HoldfastError) => string;
  readonly onFetch?: (event: FetchEvent) => void;
  /** True lists the paths, as text, at `/`; default false. Folders are never listed. */
  readonly listing?: boolean;
}
