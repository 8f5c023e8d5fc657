import { posix } from 'node:path';
import { readTar, type TarEntry } from '../../../images/index.ts';
import type { Descriptor } from '../../../kernel/index.ts';
import type { BlobStore } from '../../../store/index.ts';
import { layerTar } from '../layer-tar.ts';
import { PayloadFault } from '../payload-fault.ts';

/** A layer with the digest that its image gives it when it is unpacked. */
export interface CheckedLayer {
  readonly layer: Descriptor;
  readonly diffId: string;
}

const maxLinks = 5;

/**
 * Hands the file at `path` of an image's file system to `take`, as it streams by (image-spec `layer.md`: the highest layer
 * that has it or its whiteout decides; links are followed). Gives the layer once all of it was read and both its digests
 * are right: until then what was taken is not to be used. Throws `PayloadFault` where there is no such file.
 */
export async function findInLayers(
  store: BlobStore,
  layers: readonly CheckedLayer[],
  path: string,
  take: (entry: TarEntry) => Promise<void>,
  signal?: AbortSignal,
): Promise<Descriptor> {
  let wanted = path;
  let top = layers.length - 1;
  for (let links = 0; links <= maxLinks; links++) {
    let link: { path: string; top: number } | undefined;
    for (let at = top; at >= 0 && !link; at--) {
      const { layer, diffId } = layers[at]!;
      let outcome: 'taken' | 'hidden' | undefined;
      const tar = layerTar(store, layer, { diffId, ...(signal && { signal }) });
      for await (const entry of readTar(tar, { archive: layer.digest })) {
        if (entry.path === wanted) {
          if (outcome === 'taken' || link)
            throw new PayloadFault(`layer ${layer.digest} holds "${wanted}" twice`);
          if (entry.type === 'file') {
            await take(entry);
            outcome = 'taken';
          } else if (entry.linkPath !== undefined)
            link = { path: targetOf(entry, wanted), top: entry.type === 'hardlink' ? at : layers.length - 1 };
          else throw new PayloadFault(`"${wanted}" is a ${entry.type}`);
        } else if (hides(entry, wanted)) outcome ??= 'hidden';
      }
      if (outcome === 'taken') return layer;
      if (outcome === 'hidden' && !link) throw new PayloadFault(`"${wanted}" was removed from the image`);
    }
    if (!link) throw new PayloadFault(`the image has no "${wanted}"`);
    ({ path: wanted, top } = link);
  }
  throw new PayloadFault(`"${path}" is a chain of more than ${maxLinks} links`);
}

function targetOf({ type, linkPath = '' }: TarEntry, path: string): string {
  if (type === 'hardlink') return linkPath;
  const target = linkPath.startsWith('/') ? linkPath : posix.join('/', posix.dirname(path), linkPath);
  return posix.normalize(target).slice(1);
}

/** True where an entry takes away what lower layers have at `path`: a whiteout of it or of a folder above it. */
function hides({ path: entry }: TarEntry, path: string): boolean {
  const folder = posix.dirname(entry);
  const name = posix.basename(entry);
  if (!name.startsWith('.wh.')) return false;
  const inside = folder === '.' ? '' : `${folder}/`;
  if (name === '.wh..wh..opq') return path.startsWith(inside);
  const gone = inside + name.slice('.wh.'.length);
  return path === gone || path.startsWith(`${gone}/`);
}
