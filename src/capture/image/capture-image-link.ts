import {
  type Credentials,
  copyImages,
  createRegistry,
  createStoreTarget,
  type MirrorRule,
  parsePlatform,
} from '../../images/index.ts';
import type { BlobStore } from '../../store/index.ts';
import type { EgressGuard } from '../egress/index.ts';
import type { CaptureOutcome, CaptureRequest } from '../types.ts';
import { createImageCapture } from './create-image-capture.ts';

/** What capturing links to images needs of the configuration. */
export interface RegistrySettings {
  /** Read anew for each link, so that a new pull secret holds at once. */
  credentials(): Promise<Credentials>;
  readonly mirrors: readonly MirrorRule[];
}

export interface ImageLinkOptions extends RegistrySettings {
  readonly store: BlobStore;
  readonly guard: EgressGuard;
  /** For the config of snapshots, for example `Holdfast/0.1.0`. */
  readonly software: string;
}

/** True for a link to an image. */
export function isImageLink(url: string): boolean {
  return /^docker:\/\//i.test(url);
}

/** Takes a snapshot of a `docker://` link in the way that the options of the link say, through the guard; see `Capture.capture`. */
export async function captureImageLink(
  { store, guard, software, credentials, mirrors }: ImageLinkOptions,
  request: CaptureRequest,
): Promise<CaptureOutcome> {
  const { ca, plainHttp = false, platforms } = request.options ?? {};
  const transport = guard.transport(ca === undefined ? {} : { ca });
  try {
    const { signal } = request;
    const registry = createRegistry({
      transport,
      credentials: await credentials(),
      plainHttp,
      mirrors,
      signal,
    });
    const images = createImageCapture({
      store,
      registry,
      transport,
      plainHttp,
      software,
      copy: (copy) =>
        copyImages({ ...copy, target: createStoreTarget({ store, name: 'the store', signal }) }),
    });
    return await images.capture({
      ...request,
      ...(platforms && { platforms: platforms.map(parsePlatform) }),
    });
  } finally {
    transport.close();
  }
}
