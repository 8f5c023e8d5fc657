import { type Descriptor, type Digest, digestOf, type IncomingResponse } from '../../kernel/index.ts';
import { indexMediaType } from '../media-types.ts';
import { readManifest } from '../read-manifest.ts';
import { type Endpoint, nameOf } from './context.ts';
import { getManifest } from './fetch-manifest.ts';
import { fallbackTag } from './list-referrers.ts';

/** Keeps the index of referrers under its tag, for a registry that does not keep it itself. */
export interface FallbackTags {
  add(subject: Digest, referrer: Descriptor, bytes: Uint8Array): Promise<void>;
}

type Put = (descriptor: Descriptor, bytes: Uint8Array, tag: string) => Promise<IncomingResponse>;

/** As distribution-spec "Pushing Manifests with Subject" asks of clients; additions of one process do not overwrite each other. */
export function createFallbackTags(endpoint: Endpoint, put: Put): FallbackTags {
  let last: Promise<unknown> = Promise.resolve();

  async function addOne(subject: Digest, referrer: Descriptor, bytes: Uint8Array): Promise<void> {
    const tag = fallbackTag(subject);
    const fetched = await endpoint.retry.run(() => getManifest(endpoint, tag));
    const image = `${nameOf(endpoint)}:${tag}`;
    const entries = fetched ? readManifest(fetched.bytes, fetched.descriptor.mediaType, image).manifests : [];
    if (entries.some(({ digest }) => digest === referrer.digest)) return;
    const { artifactType, config, annotations } = readManifest(bytes, referrer.mediaType, image);
    const { mediaType, digest, size } = referrer;
    const type = artifactType ?? config?.mediaType;
    const entry = { mediaType, digest, size, ...(type && { artifactType: type }), annotations };
    const index = { schemaVersion: 2, mediaType: indexMediaType, manifests: [...entries, entry] };
    const indexBytes = new TextEncoder().encode(JSON.stringify(index));
    const descriptor = { mediaType: indexMediaType, digest: digestOf(indexBytes), size: indexBytes.length };
    await endpoint.retry.run(() => put(descriptor, indexBytes, tag));
  }

  return {
    add(subject, referrer, bytes) {
      const added = last.then(() => addOne(subject, referrer, bytes));
      last = added.catch(() => {});
      return added;
    },
  };
}
