import type { Job, Lane } from '../jobs/index.ts';
import type { DetailValue, Digest } from '../kernel/index.ts';

import type { LinkOptions } from './link-options.ts';

/** What a capture is worth. */
export type Verdict = 'good' | 'not-found' | 'truncated' | 'blank' | 'failed';
export const verdicts: readonly Verdict[] = ['good', 'not-found', 'truncated', 'blank', 'failed'];

/** The form in which `get --as` gives a snapshot. */
export type Format = 'html' | 'png' | 'pdf' | 'text' | 'md' | 'wacz' | 'file';
export const formats: readonly Format[] = ['html', 'png', 'pdf', 'text', 'md', 'wacz', 'file'];

/** What lay behind the link: each kind is captured in its own way, and all are kept in one. */
export type SnapshotKind = 'page' | 'file' | 'image' | 'release';
export const snapshotKinds: readonly SnapshotKind[] = ['page', 'file', 'image', 'release'];

/** The codes of what a verdict rests on; the text catalog has a sentence for each, filled from `details`. */
export const evidenceCodes = [
  'httpStatus', // status
  'textAndPixels', // characters, resources: what makes a good snapshot good
  'noVisibleContent', // characters
  'timeCap', // limitMs, stage
  'bytesCap', // limitBytes
  'domCap', // limitNodes
  'scrollCap', // heightPx: the page kept growing
  'resourcesMissing', // missing, total
  'pendingRequests', // count: the page never went quiet
  'networkError', // error: a net::ERR_… name
  'refusedAddress', // address, reason
  'rendererCrash', // times
  'browserLost', // detail
  'download', // mediaType, sizeBytes
  'redirectedTo', // url
  'tabClosed', // the page closed itself
  'noScreenshot', // the picture of the page could not be taken in time
  'checksumMatched', // source: --checksum, an address, or the name of a header
  'checksumMismatch', // source, expected, actual
  'resumed', // times: fetching a file broke off and was gone on with
  'fetchedAnew', // times: the file changed at its server while it was fetched
  'begunAnew', // attempts: the browser or the renderer ended before this try
  'imageCopied', // manifests, blobs, platforms
  'imageNotFound', // image
  'imageUnusable', // detail: the source answered, but not with an image that can be kept
  'platformMissing', // platform, platforms: those that the image has
  'partMissing', // part, detail: what the image names and the source does not have
  'releaseMirrored', // version, architecture, components
  'releaseMalformed', // detail
  'signatureVerified', // key: the fingerprint of a key that was trusted beforehand
  'signatureByOwnKeyOnly', // key: one that the release brings along, which proves nothing by itself
  'signatureMissing', // stores
  'signatureInvalid', // reason
] as const;
export type EvidenceCode = (typeof evidenceCodes)[number];

export interface Evidence {
  readonly code: EvidenceCode;
  readonly details: Readonly<Record<string, DetailValue>>;
}

/** What the capture measured of the page; counts are resources that the page asked for. */
export interface Measures {
  readonly resources: number;
  readonly missing: number;
  readonly sizeBytes: number;
  readonly characters: number;
  readonly durationMs: number;
}

/** One immutable capture of a link. Times are epoch milliseconds. */
export interface Snapshot {
  readonly id: string;
  readonly linkId: string;
  /** The manifest's digest; null where the capture ended in a reason and kept no bytes. */
  readonly digest: Digest | null;
  readonly kind: SnapshotKind;
  readonly verdict: Verdict;
  readonly evidence: readonly Evidence[];
  readonly takenAt: number;
  readonly finalUrl: string;
  readonly title: string;
  readonly description: string;
  readonly author: string;
  readonly publishedAt: string;
  readonly language: string;
  readonly siteName: string;
  readonly formats: readonly Format[];
  readonly measures: Measures;
}

/** What a capture hands in. `jobId` makes handing in twice harmless. */
export interface NewSnapshot extends Omit<Snapshot, 'id'> {
  readonly jobId: string;
  /** The words that full text search finds the link by. */
  readonly searchText: string;
}

/** A kept address. `title` is the user's own where one was given, else the snapshot's, else empty. */
export interface Link {
  readonly id: string;
  readonly url: string;
  readonly host: string;
  readonly title: string;
  readonly ownTitle: string | null;
  readonly note: string;
  readonly options: LinkOptions;
  readonly tags: readonly string[];
  readonly addedAt: number;
  readonly updatedAt: number;
  readonly deletedAt: number | null;
  /** The snapshot that is shown: the newest good one, else the newest. */
  readonly snapshot: Snapshot | null;
  readonly snapshotCount: number;
  /** The newest capture job, while it is queued, running, failed or cancelled. */
  readonly job: Job | null;
}

export interface NewLink {
  readonly url: string;
  readonly options?: LinkOptions;
  readonly tags?: readonly string[];
  readonly note?: string;
  readonly title?: string;
}

export interface AddedLink {
  readonly link: Link;
  /** False where the link existed already; its tags were added to and its note kept. */
  readonly created: boolean;
}

export type LinkSort = 'added' | 'updated' | 'title' | 'relevance';

export interface LinkQuery {
  /** In the query language of the search room; empty gives all. */
  readonly q?: string;
  readonly sort?: LinkSort;
  readonly trash?: boolean;
  readonly limit?: number;
  /** From the page before. */
  readonly cursor?: string;
}

/** Where in the text the words were found: `parts` alternate plain and marked text, plain first. */
export interface Excerpt {
  readonly parts: readonly string[];
}

export interface LinkPage {
  readonly links: readonly Link[];
  /** How many match in all. */
  readonly total: number;
  readonly nextCursor: string | null;
  /** By link id, where the query has words and the text holds them. */
  readonly excerpts: Readonly<Record<string, Excerpt>>;
}

export interface TagCount {
  readonly tag: string;
  /** Links that carry this tag or one below it (`ocp` counts `ocp/4.5`). */
  readonly links: number;
}

/** Where the words of a snapshot are read; links keep none of a snapshot's bytes. */
export interface SnapshotTexts {
  read(snapshot: Snapshot): Promise<string>;
}

/** Links, tags and snapshots. Lists cost a fixed number of queries whatever their length. */
export interface Links {
  /**
   * Stores all links and their capture jobs in one transaction; refuses all with a `BadLinksError` that has the place of
   * each bad one. A link in the trash is restored; one that has no snapshot yet is captured, unless `capture` is false.
   */
  add(links: readonly NewLink[], options?: { lane?: Lane; capture?: boolean }): Promise<readonly AddedLink[]>;
  find(id: string): Promise<Link | undefined>;
  /** Throws `links.notFound`. */
  get(id: string): Promise<Link>;
  query(query: LinkQuery): Promise<LinkPage>;
  edit(id: string, change: { title?: string | null; note?: string }): Promise<Link>;
  tag(ids: readonly string[], change: { add?: readonly string[]; remove?: readonly string[] }): Promise<void>;
  tags(): Promise<readonly TagCount[]>;
  /**
   * Moves links to the trash and cancels their captures; `restore` undoes it (and asks for a snapshot where there is none
   * yet); `purge` ends it for links that are in the trash. Each gives the number of links it touched.
   */
  remove(ids: readonly string[]): Promise<number>;
  restore(ids: readonly string[]): Promise<number>;
  purge(ids: readonly string[]): Promise<number>;
  /** Purges what has been in the trash for longer. */
  purgeExpired(olderThanMs: number): Promise<number>;
  /** Asks for a new capture; gives the one under way where there is one. */
  requestSnapshot(id: string, options?: { lane?: Lane }): Promise<Job>;
  /** Newest first. */
  snapshots(linkId: string): Promise<readonly Snapshot[]>;
  findSnapshot(id: string): Promise<Snapshot | undefined>;
  /** By snapshot id, by manifest digest, or by link id (its shown snapshot); throws `links.noSnapshot`. */
  getSnapshot(ref: string): Promise<Snapshot>;
  /** Stores a capture's outcome and makes it the shown one where it deserves that; once per `jobId`. */
  recordSnapshot(snapshot: NewSnapshot): Promise<Snapshot>;
  /** Adds a format that was made later (a PDF). */
  addFormat(snapshotId: string, format: Format): Promise<void>;
  /** The digests of all manifests that a link (also one in the trash) holds; `without` are snapshots (ids) that do not count. */
  heldManifests(without?: ReadonlySet<string>): AsyncIterable<Digest>;
}
