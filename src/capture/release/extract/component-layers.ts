import {
  formatPlatform,
  type Manifest,
  maxManifestBytes,
  type Platform,
  readManifest,
} from '../../../images/index.ts';
import type { Digest } from '../../../kernel/index.ts';
import type { BlobStore } from '../../../store/index.ts';
import { PayloadFault } from '../payload-fault.ts';
import type { CheckedLayer } from './find-in-layers.ts';

const maxConfigBytes = 4 * 1024 * 1024;

/** The layers of an image that the store holds, of the platform that is wanted where it is for several. */
export async function layersOf(
  store: BlobStore,
  image: Digest,
  platform: Platform,
): Promise<readonly CheckedLayer[]> {
  const manifest = await manifestFor(store, image, platform);
  const { layers, config } = manifest;
  const text = Buffer.from(await store.bytes(config!.digest, maxConfigBytes)).toString();
  const ids = diffIdsOf(text);
  if (ids.length !== layers.length) throw new PayloadFault('its config does not name each of its layers');
  return layers.map((layer, at) => ({ layer, diffId: ids[at]! }));
}

async function manifestFor(store: BlobStore, image: Digest, platform: Platform): Promise<Manifest> {
  const manifest = readManifest(await store.bytes(image, maxManifestBytes), undefined, image);
  if (manifest.kind === 'image') return manifest;
  const entry = manifest.manifests.find(
    (one) => one.platform?.os === platform.os && one.platform.architecture === platform.architecture,
  );
  if (!entry) throw new PayloadFault(`the image is not there for ${formatPlatform(platform)}`);
  const own = readManifest(await store.bytes(entry.digest, maxManifestBytes), entry.mediaType, image);
  if (own.kind !== 'image') throw new PayloadFault('the image is an index within an index');
  return own;
}

function diffIdsOf(config: string): readonly string[] {
  try {
    const ids: unknown = JSON.parse(config)?.rootfs?.diff_ids;
    if (Array.isArray(ids) && ids.every((id) => typeof id === 'string')) return ids;
  } catch {
    // Told below, like any other config that names no layers.
  }
  throw new PayloadFault('its config does not name its layers');
}
