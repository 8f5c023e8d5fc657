import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { placeError } from '../folder/place-error.ts';
import { type ImagePlace, isPlace, parsePlace } from './parse-place.ts';

/**
 * What images a path holds, by what lies there: a mirror folder of `oc`, an image layout, or a file, which is taken for a tar of
 * one. Undefined for a folder with neither. A path that says it itself (`oc:…`) is taken at its word. Throws `images.placeFailed`.
 */
export async function recognisePlace(
  path: string,
): Promise<Exclude<ImagePlace, { kind: 'registry' }> | undefined> {
  if (isPlace(path)) {
    const place = parsePlace(path);
    return place.kind === 'registry' ? undefined : place;
  }
  const found = await stat(path).catch(async (error) => {
    throw await placeError(path, error);
  });
  if (!found.isDirectory()) return { kind: 'archive', text: path, path };
  const has = async (name: string) => (await stat(join(path, name)).catch(() => undefined)) !== undefined;
  if (await has('oci-layout')) return { kind: 'layout', text: path, path };
  if (await has('v2')) return { kind: 'mirror', text: path, path };
  // What was given to oc as --to-dir holds "mirror" where the tar of it was unpacked one level up.
  return (await has('mirror/v2')) ? { kind: 'mirror', text: path, path: join(path, 'mirror') } : undefined;
}
