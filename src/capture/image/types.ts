import type { CopyOptions, CopyResult, Platform, Registry } from '../../images/index.ts';
import type { Clock, HttpTransport } from '../../kernel/index.ts';
import type { BlobStore } from '../../store/index.ts';
import type { CaptureOutcome, CaptureRequest } from '../types.ts';
import type { ImageAbout } from './snapshot-of-image.ts';

export interface ImageCaptureRequest extends CaptureRequest {
  /** `docker://host/repository:tag` or `docker://host/repository@sha256:…`. */
  readonly url: string;
  /** Only these; all where it is absent. */
  readonly platforms?: readonly Platform[];
}

export interface ImageCaptureOptions {
  readonly store: BlobStore;
  readonly registry: Registry;
  readonly copy: CopyIntoStore;
  /** For the signatures of releases, which lie on web servers. */
  readonly transport: HttpTransport;
  /** True to ask stores of signatures over plain HTTP too. */
  readonly plainHttp?: boolean;
  /** Armored public keys that are trusted to sign releases. */
  readonly trustedKeys?: readonly string[];
  /** Stores of signatures that are asked before those that a release names and the public one. */
  readonly signatureStores?: readonly string[];
  /** For the config of snapshots, for example `Holdfast/0.1.0`. */
  readonly software: string;
  readonly clock?: Clock;
}

/** Takes snapshots of links to images and releases. Throws only where trying again may help (kind `unavailable`) or on cancel. */
export interface ImageCapture {
  capture(request: ImageCaptureRequest): Promise<CaptureOutcome>;
}

/** Copies images into the store. */
export type CopyIntoStore = (options: Omit<CopyOptions, 'target'>) => Promise<CopyResult>;

/** Makes what is told of a capture, from what differs. */
export type TellAbout = (told: Pick<ImageAbout, 'verdict' | 'evidence'> & Partial<ImageAbout>) => ImageAbout;
