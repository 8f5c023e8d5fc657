import { readTar, type TarEntry } from '../../images/index.ts';
import type { Descriptor } from '../../kernel/index.ts';
import { type BlobStore, collect } from '../../store/index.ts';
import { type LayerOptions, layerTar } from './layer-tar.ts';
import { PayloadFault } from './payload-fault.ts';

/** The files under `release-manifests/` of a release image, by their names. */
export type Payload = ReadonlyMap<string, Uint8Array>;

const folder = 'release-manifests';
const whiteout = '.wh.';
const opaque = '.wh..wh..opq';
/** The most that all those files may be together, those counted in that a later layer takes away. */
const maxPayloadBytes = 32 * 1024 * 1024;
const maxFiles = 10_000;

interface Change {
  /** True where nothing of the layers below stays. */
  cleared: boolean;
  readonly removed: Set<string>;
  readonly files: Map<string, Uint8Array>;
}

/**
 * Reads the payload out of the layers of a release image (image-spec `layer.md`, with its whiteouts): a later layer wins.
 * Throws `PayloadFault` beyond 32 MiB, `images.malformedTar` and its kin, and what the store throws.
 */
export async function readPayload(
  store: BlobStore,
  layers: readonly Descriptor[],
  options: LayerOptions = {},
): Promise<Payload> {
  const payload = new Map<string, Uint8Array>();
  let left = maxPayloadBytes;
  for (const layer of layers) {
    const change: Change = { cleared: false, removed: new Set(), files: new Map() };
    for await (const entry of readTar(layerTar(store, layer, options), { archive: layer.digest }))
      left -= await note(change, entry, left);
    if (change.cleared) payload.clear();
    for (const name of change.removed) payload.delete(name);
    for (const [name, bytes] of change.files) payload.set(name, bytes);
    if (payload.size > maxFiles) throw new PayloadFault(`it has more than ${maxFiles} files`);
  }
  return payload;
}

/** Notes what an entry does to the payload; gives how many bytes were taken for it. */
async function note(change: Change, entry: TarEntry, left: number): Promise<number> {
  const { path, type } = entry;
  const replaced = path === folder && type !== 'directory';
  if (replaced || path === `${whiteout}${folder}` || path === opaque || path === `${folder}/${opaque}`)
    change.cleared = true;
  if (!path.startsWith(`${folder}/`)) return 0;
  const name = path.slice(folder.length + 1);
  if (name.includes('/') || name === opaque) return 0;
  if (name.startsWith(whiteout)) {
    change.removed.add(name.slice(whiteout.length));
    return 0;
  }
  change.removed.add(name);
  if (type !== 'file') {
    change.files.delete(name);
    return 0;
  }
  if (entry.sizeBytes > left)
    throw new PayloadFault(`its files under ${folder}/ are larger than ${maxPayloadBytes} bytes`);
  change.files.set(name, await collect(entry.body, entry.sizeBytes));
  return entry.sizeBytes;
}
