import type { Descriptor, Digest } from '../../kernel/index.ts';
import type { BlobStore } from '../../store/index.ts';
import { captureErrors } from '../errors.ts';
import { wordsOfSnapshot } from '../image/words.ts';
import { installerConfig } from '../release/installer-config.ts';
import { openRelease } from '../release/release.ts';
import type { ReplayResource, SnapshotReader, SnapshotReaders } from '../types.ts';
import { decodeExchanges, maxExchangesBytes } from './exchanges.ts';
import type { SnapshotLayer, TimedExchange } from './format.ts';
import { openImageContents } from './image-contents.ts';
import { mediaTypeOf } from './media-type.ts';
import { type OpenSnapshot, openSnapshot } from './open-snapshot.ts';
import type { FindReferrer } from './pdf.ts';
import { rendition } from './renditions.ts';

/** Opens stored snapshots. `findReferrer` tells of PDFs made later; without it no snapshot has one. */
export function createSnapshotReaders(options: {
  readonly store: BlobStore;
  readonly findReferrer?: FindReferrer;
}): SnapshotReaders {
  const findReferrer = options.findReferrer ?? (async () => undefined);
  return {
    open: async (digest) => readerOf(options.store, findReferrer, await openSnapshot(options.store, digest)),
    contents: (digest) => openImageContents(options.store, digest),
    words: (digest) => wordsOfSnapshot(options.store, digest),
    installation: async (digest, mirror) => installerConfig(await openRelease(options.store, digest), mirror),
  };
}

function readerOf(store: BlobStore, findReferrer: FindReferrer, open: OpenSnapshot): SnapshotReader {
  const { digest, config, layers } = open;
  const byRole = new Map(layers.map(({ role, descriptor }) => [role, descriptor]));
  byRole.delete('resource');
  const byDigest = servedBlobs(layers);
  let exchanges: Promise<readonly TimedExchange[]> | undefined;

  const blob = async (descriptor: Descriptor): Promise<ReplayResource> => {
    const info = await store.stat(descriptor.digest);
    if (info?.sizeBytes !== descriptor.size)
      throw captureErrors.badSnapshot({
        snapshot: digest,
        fault: `blob "${descriptor.digest}" is missing or has another size than ${descriptor.size}`,
      });
    return {
      mediaType: descriptor.mediaType,
      sizeBytes: descriptor.size,
      body: readLater(store, descriptor.digest),
    };
  };

  const readExchanges = async () => {
    const layer = byRole.get('exchanges');
    if (layer === undefined) return [];
    return decodeExchanges(await store.bytes(layer.digest, maxExchangesBytes), config, digest);
  };

  const reader: SnapshotReader = {
    digest,
    config,
    layers,
    exchanges: () => {
      exchanges ??= readExchanges();
      return exchanges;
    },
    missing: () => config.missing,
    resources: async () => resourcesOf(await reader.exchanges()),
    part: async (role) => {
      const descriptor = byRole.get(role);
      return descriptor && blob(descriptor);
    },
    resource: async (wanted) => {
      const descriptor = byDigest.get(wanted);
      return descriptor && blob(descriptor);
    },
    as: (format) =>
      rendition({ store, findReferrer, reader, parts: byRole, resources: byDigest, blob }, format),
  };
  return reader;
}

/** What a replay may ask for: all but the record of requests, which holds cookies. A resource's own media type wins. */
function servedBlobs(layers: readonly SnapshotLayer[]): ReadonlyMap<Digest, Descriptor> {
  const served = layers.filter(({ role }) => role !== 'exchanges');
  const resourcesLast = served.toSorted(
    (a, b) => Number(a.role === 'resource') - Number(b.role === 'resource'),
  );
  return new Map(resourcesLast.map(({ descriptor }) => [descriptor.digest, descriptor]));
}

/** A stream that opens the blob when it is read, so that one nobody reads leaves no file open. */
async function* readLater(store: BlobStore, digest: Digest): AsyncGenerator<Uint8Array> {
  yield* await store.read(digest);
}

/** What was answered with content, each URL with the same bytes once; redirects and failures are told elsewhere. */
function resourcesOf(exchanges: readonly TimedExchange[]): Awaited<ReturnType<SnapshotReader['resources']>> {
  const once = new Map<string, Awaited<ReturnType<SnapshotReader['resources']>>[number]>();
  for (const { url, status, type, body, error, responseHeaders } of exchanges) {
    if (error !== undefined || (status >= 300 && status < 400)) continue;
    const digest = body?.digest ?? null;
    const key = `${digest} ${url}`;
    if (once.has(key)) continue;
    const mediaType = mediaTypeOf(responseHeaders);
    once.set(key, { url, status, type, digest, mediaType, sizeBytes: body?.size ?? 0 });
  }
  return [...once.values()].sort((a, b) => b.sizeBytes - a.sizeBytes);
}
