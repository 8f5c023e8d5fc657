import { encodeManifest, manifestMediaType } from '../../images/index.ts';
import type { Descriptor, Digest } from '../../kernel/index.ts';
import type { BlobBatch, BlobSource } from '../../store/index.ts';
import { encodeExchanges } from './exchanges.ts';
import {
  configMediaType,
  exchangesMediaType,
  type fileArtifactType,
  type LayerRole,
  type pageArtifactType,
  roleAnnotation,
  type SnapshotConfig,
  type TimedExchange,
} from './format.ts';
import { mediaTypeOf } from './media-type.ts';

/** A part of a snapshot: bytes to write, or a blob that is in the batch or the store already. */
export type LayerInput = {
  readonly role: LayerRole | 'resource';
  readonly mediaType: string;
} & ({ readonly bytes: BlobSource } | { readonly digest: Digest; readonly size: number });

export interface SnapshotParts {
  readonly artifactType: typeof pageArtifactType | typeof fileArtifactType;
  readonly config: Omit<SnapshotConfig, 'version' | 'exchangeTimesMs' | 'exchangeVolatile'>;
  readonly layers: readonly LayerInput[];
  /** Their bodies are blobs already and become resources where `layers` does not name them; empty where nothing was recorded. */
  readonly exchanges: readonly TimedExchange[];
}

export interface WrittenSnapshot {
  /** The manifest's. */
  readonly digest: Digest;
  /** Of all its blobs with the manifest, each counted once. */
  readonly sizeBytes: number;
}

/** Puts a snapshot's blobs, config and manifest into the batch (`commit` stays the caller's); equal parts give the same digest. */
export async function writeSnapshot(batch: BlobBatch, parts: SnapshotParts): Promise<WrittenSnapshot> {
  const exchanges = encodeExchanges(parts.exchanges);
  const inputs: readonly LayerInput[] =
    parts.exchanges.length === 0
      ? parts.layers
      : [...parts.layers, { role: 'exchanges', mediaType: exchangesMediaType, bytes: exchanges.bytes }];
  const layers: { role: LayerInput['role']; descriptor: Descriptor }[] = [];
  for (const input of inputs) layers.push({ role: input.role, descriptor: await descriptorOf(batch, input) });
  layers.push(...bodies(parts.exchanges));

  const config: SnapshotConfig = {
    version: 1,
    ...parts.config,
    exchangeTimesMs: exchanges.times,
    exchangeVolatile: exchanges.volatile,
  };
  const configInfo = await batch.put(Buffer.from(JSON.stringify(config)));
  const manifest = encodeManifest({
    schemaVersion: 2,
    mediaType: manifestMediaType,
    artifactType: parts.artifactType,
    config: { mediaType: configMediaType, digest: configInfo.digest, size: configInfo.sizeBytes },
    layers: [...rolesInOrder(layers), ...resourcesOnce(layers)],
  });
  const { digest } = await batch.put(manifest);
  const sizes = new Map(layers.map(({ descriptor }) => [descriptor.digest, descriptor.size]));
  sizes.set(configInfo.digest, configInfo.sizeBytes);
  const blobBytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  return { digest, sizeBytes: blobBytes + manifest.length };
}

async function descriptorOf(batch: BlobBatch, input: LayerInput): Promise<Descriptor> {
  const annotations = input.role === 'resource' ? {} : { annotations: { [roleAnnotation]: input.role } };
  if ('digest' in input)
    return { mediaType: input.mediaType, digest: input.digest, size: input.size, ...annotations };
  const info = await batch.put(input.bytes);
  return { mediaType: input.mediaType, digest: info.digest, size: info.sizeBytes, ...annotations };
}

/** In an order that does not hang on which response came first. */
function bodies(exchanges: readonly TimedExchange[]): Layers {
  return exchanges
    .flatMap(({ body, responseHeaders }) =>
      body === null
        ? []
        : [{ mediaType: mediaTypeOf(responseHeaders), digest: body.digest, size: body.size }],
    )
    .toSorted((a, b) => compare(a.mediaType, b.mediaType))
    .map((descriptor) => ({ role: 'resource', descriptor }));
}

type Layers = readonly { role: LayerInput['role']; descriptor: Descriptor }[];

function rolesInOrder(layers: Layers): Descriptor[] {
  return layers
    .filter(({ role }) => role !== 'resource')
    .toSorted((a, b) => compare(a.role, b.role))
    .map(({ descriptor }) => descriptor);
}

/** Each digest once. The caller's layers come first in the list, so their media type wins over that of a response. */
function resourcesOnce(layers: Layers): Descriptor[] {
  const once = new Map<Digest, Descriptor>();
  for (const { role, descriptor } of layers)
    if (role === 'resource' && !once.has(descriptor.digest)) once.set(descriptor.digest, descriptor);
  return [...once.values()].sort((a, b) => compare(a.digest, b.digest));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
