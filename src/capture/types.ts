import type { Digest, OnProgress } from '../kernel/index.ts';
import type { Format, LinkOptions, NewSnapshot } from '../links/index.ts';
import type { InstallerConfig, MirrorPlace } from './release/installer-config.ts';
import type {
  Exchange,
  MissingResource,
  SnapshotConfig,
  SnapshotLayer,
  TimedExchange,
} from './snapshot/format.ts';
import type { ImageContents } from './snapshot/image-contents.ts';

export interface CaptureRequest {
  readonly url: string;
  readonly options?: LinkOptions;
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress;
}

/** What a capture hands in, but for what only the job knows. */
export type CaptureOutcome = Omit<NewSnapshot, 'linkId' | 'jobId'>;

/** Takes snapshots of web links. Throws only where trying again may help (kind `unavailable`) or on cancel; a page that cannot be had is an outcome with the verdict and its evidence. */
export interface Capture {
  capture(request: CaptureRequest): Promise<CaptureOutcome>;
  /** Makes a snapshot's PDF from its replay, or takes that of an `earlier` snapshot with the same document. */
  attachPdf(snapshot: Digest, options: { earlier: readonly Digest[]; signal: AbortSignal }): Promise<void>;
  /** Ends browsers that are kept ready. */
  close(): Promise<void>;
}

/** Bytes of a snapshot in one of its forms. */
export interface Rendition {
  readonly mediaType: string;
  /** Safe on every file system, for example `离线安装指南.html`. */
  readonly fileName: string;
  /** Absent where it is not known before the end. */
  readonly sizeBytes?: number;
  readonly body: AsyncIterable<Uint8Array>;
}

/** One resource as the replay serves it. */
export interface ReplayResource {
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly body: AsyncIterable<Uint8Array>;
}

/** A stored snapshot, opened for reading. */
export interface SnapshotReader {
  readonly digest: Digest;
  readonly config: SnapshotConfig;
  readonly layers: readonly SnapshotLayer[];
  exchanges(): Promise<readonly TimedExchange[]>;
  missing(): readonly MissingResource[];
  /** Resources with the URL that they came from, largest first. */
  resources(): Promise<
    readonly (Pick<Exchange, 'url' | 'status' | 'type'> & {
      sizeBytes: number;
      digest: Digest | null;
      mediaType: string;
    })[]
  >;
  /** A part by its role, as it lies in the store; undefined where the snapshot has none. */
  part(role: SnapshotLayer['role']): Promise<ReplayResource | undefined>;
  /** A blob that this snapshot holds, for the replay; undefined for every other digest. */
  resource(digest: Digest): Promise<ReplayResource | undefined>;
  /** Throws `capture.noFormat` where the snapshot does not have it (yet). */
  as(format: Format): Promise<Rendition>;
}

export interface SnapshotReaders {
  /** Throws `store.notFound` or `images.malformedManifest`. */
  open(digest: Digest): Promise<SnapshotReader>;
  /** What the snapshot of an image or a release holds; throws `capture.badSnapshot` for one of a page or a file. */
  contents(digest: Digest): Promise<ImageContents>;
  /** The words that the snapshot of an image or a release is found by; throws `capture.badSnapshot` for one of a page or a file. */
  words(digest: Digest): Promise<string>;
  /** What an installation of a release from a mirror needs next; throws `capture.notARelease` and `images.badReference`. */
  installation(digest: Digest, mirror: MirrorPlace): Promise<InstallerConfig>;
}
