import { type Manifest, maxManifestBytes, readManifest } from '../../images/index.ts';
import type { Descriptor } from '../../kernel/index.ts';
import type { BlobStore } from '../../store/index.ts';
import { captureErrors } from '../errors.ts';
import { mainEntry, readImageConfig } from '../image/image-facts.ts';
import { type ImageReferences, parseImageReferences } from './image-references.ts';
import { openshiftArchitecture } from './image-tags.ts';
import { PayloadFault } from './payload-fault.ts';
import { readPayload } from './read-payload.ts';
import { findPayloadKeys, type PayloadKeys } from './signature/payload-keys.ts';

/** What a release image says of its release. */
export interface RecognisedRelease extends ImageReferences {
  /** As OpenShift names it, `multi` where the image is there for several. */
  readonly architecture: string;
  readonly keys: PayloadKeys;
}

/** The label that a release image has. */
export const releaseLabel = 'io.openshift.release';

/**
 * Reads the release out of an image that the store holds: one with the label `io.openshift.release` and a payload; undefined
 * for every other. Throws `capture.badRelease` where the payload is there and cannot be read.
 */
export async function recogniseRelease(
  store: BlobStore,
  root: Descriptor,
  image: string,
  signal: AbortSignal,
): Promise<RecognisedRelease | undefined> {
  const read = async ({ digest, mediaType }: Descriptor): Promise<Manifest> =>
    readManifest(await store.bytes(digest, maxManifestBytes), mediaType, image);
  const top = await read(root);
  const entry = mainEntry(top.manifests);
  const manifest = entry ? await read(entry) : top;
  if (manifest.kind === 'index') return undefined;
  const { labels, platform } = await readImageConfig(store, manifest);
  if (labels[releaseLabel] === undefined) return undefined;
  try {
    const payload = await readPayload(store, manifest.layers, { signal });
    const references = payload.get('image-references');
    if (!references) return undefined;
    return {
      ...parseImageReferences(references),
      architecture: entry ? 'multi' : openshiftArchitecture(platform?.architecture ?? 'amd64'),
      keys: findPayloadKeys(payload),
    };
  } catch (error) {
    if (!(error instanceof PayloadFault)) throw error;
    throw captureErrors.badRelease({ image, fault: error.message }, { cause: error });
  }
}
