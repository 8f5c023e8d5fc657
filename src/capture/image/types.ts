import type { CopyOptions, CopyResult, Registry } from '../../images/index.ts';
import type { Clock, HttpTransport } from '../../kernel/index.ts';
import type { BlobStore } from '../../store/index.ts';
import type { SignatureSources } from '../release/signature/judge-signatures.ts';
import type { CaptureOutcome, CaptureRequest } from '../types.ts';
import type { ImageAbout } from './snapshot-of-image.ts';

/** The way out for one capture. */
export interface Connection {
  readonly registry: Registry;
  /** For the signatures of releases, which lie on web servers. */
  readonly transport: HttpTransport;
  /** Signatures that came along with a release, see `SignatureSources`. */
  readonly beside?: SignatureSources['beside'];
}

export interface ImageCaptureOptions {
  readonly store: BlobStore;
  /** Opens the way out as the link's options ask for it; its transport is closed when the capture is over. */
  readonly connect: (request: CaptureRequest) => Promise<Connection>;
  /** Armored public keys that are trusted to sign releases, asked for at every release; none where it is absent. */
  readonly trustedKeys?: () => Promise<readonly string[]>;
  /** Stores of signatures that are asked before those that a release names and the public one. */
  readonly signatureStores?: readonly string[];
  /** For the config of snapshots, for example `Holdfast/0.1.0`. */
  readonly software: string;
  readonly clock?: Clock;
}

/** Takes snapshots of links to images and releases (`docker://…`). Throws only where trying again may help (kind `unavailable`) or on cancel. */
export interface ImageCapture {
  capture(request: CaptureRequest): Promise<CaptureOutcome>;
}

/** What a capture works with. */
export interface ImageWork extends ImageCaptureOptions, Connection {
  readonly request: CaptureRequest;
  /** Makes what is told of the capture, from what differs. */
  about(told: Pick<ImageAbout, 'verdict' | 'evidence'> & Partial<ImageAbout>): ImageAbout;
  /** Copies images into the store, those platforms of them that the link asks for. */
  copy(options: Pick<CopyOptions, 'source' | 'roots' | 'withReferrers'>): Promise<CopyResult>;
}
