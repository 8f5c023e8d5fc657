import { createHash } from 'node:crypto';
import { type Digest, isDigest, splitDigest } from '../../kernel/index.ts';
import { imagesErrors } from '../errors.ts';
import type { ImageSource } from '../types.ts';
import { blobStream, openBlob } from './blob-stream.ts';
import { type Endpoint, nameOf } from './context.ts';
import { createFailover } from './failover.ts';
import { type Fetched, getManifest, headManifest } from './fetch-manifest.ts';
import type { KnownPlaces } from './known-places.ts';
import { referrersOf } from './list-referrers.ts';
import type { Retry } from './retry.ts';
import { listTags } from './tag-list.ts';

export interface SourceOptions {
  /** Mirrors first; the last one is the repository that people named. */
  readonly endpoints: readonly Endpoint[];
  readonly retry: Retry;
  readonly knownPlaces: KnownPlaces;
  readonly signal: AbortSignal | undefined;
}

/** Manifests that were read to resolve a digest are kept for whoever asks for their bytes next, up to so many bytes. */
const keptBytes = 4 * 1024 * 1024;

/** A repository of a registry, read over distribution-spec 1.1. */
export function createRegistrySource({ endpoints, retry, knownPlaces, signal }: SourceOptions): ImageSource {
  const own = endpoints.at(-1)!;
  const name = nameOf(own);
  const failover = createFailover(endpoints, signal);
  /** The image tags that a place told, so that none is asked for that it does not have. */
  const listed = new Map<Endpoint, ReadonlySet<string>>();
  const kept = new Map<Digest, Uint8Array>();

  const keep = ({ descriptor, bytes }: Fetched) => {
    kept.set(descriptor.digest, bytes);
    let sum = 0;
    for (const each of kept.values()) sum += each.length;
    for (const [digest, each] of kept) {
      if (sum <= keptBytes) break;
      kept.delete(digest);
      sum -= each.length;
    }
  };
  const byDigest = (digest: Digest) =>
    failover.first(`${name}@${digest}`, (endpoint) =>
      endpoint.retry.run(() => getManifest(endpoint, digest)),
    );

  return {
    name,

    async resolve(reference) {
      if (isDigest(reference)) {
        const fetched = await byDigest(reference);
        if (!fetched) throw imagesErrors.notFound({ image: reference, place: name });
        keep(fetched);
        return fetched.descriptor;
      }
      const found = await failover.first(`${name}:${reference}`, (endpoint) =>
        endpoint.retry.run(() => headManifest(endpoint, reference)),
      );
      if (!found) throw imagesErrors.notFound({ image: reference, place: name });
      return found;
    },

    async manifest({ digest, size }) {
      const bytes = kept.get(digest) ?? (await byDigest(digest))?.bytes;
      kept.delete(digest);
      if (!bytes) throw imagesErrors.partGone({ digest, place: name });
      const { algorithm } = splitDigest(digest);
      const actual = `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;
      if (bytes.length !== size || actual !== digest) {
        const detail = `${bytes.length} bytes with the digest ${actual} came instead of ${size}`;
        throw imagesErrors.wrongBytes({ place: name, digest, detail });
      }
      return bytes;
    },

    async blob(descriptor, start = 0) {
      return blobStream(descriptor, start, retry, name, async (at) => {
        const opened = await failover.first(`${name}@${descriptor.digest}`, (endpoint) =>
          openBlob(endpoint, descriptor, at),
        );
        return opened!;
      });
    },

    async tags() {
      const tags = await failover.first(name, async (endpoint) => {
        const found = await listTags(endpoint);
        listed.set(endpoint, new Set(found));
        return found;
      });
      return tags ?? [];
    },

    async referrers(subject) {
      const found = await failover.first(`${name}@${subject}`, (endpoint) =>
        referrersOf(endpoint, subject, { knownPlaces, tags: listed.get(endpoint) }),
      );
      return found ?? [];
    },
  };
}
