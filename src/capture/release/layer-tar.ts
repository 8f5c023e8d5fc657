import { createHash } from 'node:crypto';
import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { type Descriptor, type Digest, errorText } from '../../kernel/index.ts';
import type { BlobStore } from '../../store/index.ts';
import { PayloadFault } from './payload-fault.ts';

const pieceBytes = 1024 * 1024;
/** The most that a layer may be once it is unpacked. */
const defaultMaxBytes = 8 * 1024 ** 3;

export interface LayerOptions {
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
  /** The digest of the unpacked layer (image-spec `config.md`, "diff_ids"); where it is given both digests are checked at the end. */
  readonly diffId?: string;
}

/**
 * The tar of a layer that the store holds, unpacked as it streams (image-spec `layer.md`; gzip, zstd or neither). Memory is
 * bounded by its pieces. Throws `PayloadFault` where it does not unpack, is larger than `maxBytes`, or has another digest.
 */
export async function* layerTar(
  store: BlobStore,
  layer: Descriptor,
  { maxBytes = defaultMaxBytes, signal, diffId }: LayerOptions = {},
): AsyncGenerator<Uint8Array> {
  const packed = diffId === undefined ? undefined : createHash(layer.digest.split(':')[0]!);
  const unpacked = diffId === undefined ? undefined : createHash('sha256');
  async function* blob() {
    for await (const piece of await store.read(layer.digest)) {
      signal?.throwIfAborted();
      packed?.update(piece);
      yield piece;
    }
  }
  let sizeBytes = 0;
  for await (const piece of unpack(blob(), layer)) {
    sizeBytes += piece.length;
    if (sizeBytes > maxBytes)
      throw new PayloadFault(`layer ${layer.digest} is larger than ${maxBytes} bytes when it is unpacked`);
    unpacked?.update(piece);
    yield piece;
  }
  if (!packed || !unpacked) return;
  const digest = `${layer.digest.split(':')[0]}:${packed.digest('hex')}`;
  if (digest !== layer.digest) throw new PayloadFault(`layer ${layer.digest} has the digest ${digest}`);
  const own: Digest = `sha256:${unpacked.digest('hex')}`;
  if (own !== diffId)
    throw new PayloadFault(`layer ${layer.digest} unpacks to ${own}, where the image names ${diffId}`);
}

async function* unpack(blob: AsyncIterable<Uint8Array>, layer: Descriptor): AsyncGenerator<Uint8Array> {
  const decoder = decoderOf(layer);
  if (!decoder) return yield* blob;
  let cause: unknown;
  const source = Readable.from(blob, { objectMode: true, highWaterMark: 1 });
  const fed = pipeline(source, decoder).catch((error: unknown) => {
    cause = error;
  });
  try {
    for await (const piece of decoder) yield piece as Uint8Array;
  } catch (error) {
    await fed;
    const code = (cause as NodeJS.ErrnoException | undefined)?.code ?? '';
    if (!code.startsWith('Z_') && !code.startsWith('ZSTD_')) throw cause ?? error;
    throw new PayloadFault(`layer ${layer.digest} cannot be unpacked: ${errorText(cause)}`, { cause });
  } finally {
    decoder.destroy();
    source.destroy();
  }
}

function decoderOf({ mediaType, digest }: Descriptor): Transform | undefined {
  if (/[.+]gzip$/.test(mediaType)) return createGunzip({ chunkSize: pieceBytes });
  if (/[.+]zstd$/.test(mediaType)) return createZstdDecompress({ chunkSize: pieceBytes });
  if (/[.]tar$/.test(mediaType)) return undefined;
  throw new PayloadFault(`layer ${digest} has the type "${mediaType.slice(0, 100)}", which is not unpacked`);
}
