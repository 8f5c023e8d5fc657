import { folderFiles } from '../folder/folder-files.ts';
import { placeError } from '../folder/place-error.ts';
import { openRandomAccess, type RandomAccess } from '../tar/index.ts';
import { createLayoutSource, type LayoutSource } from './layout-source.ts';
import { tarFiles } from './tar-files.ts';

/** Opens a folder that is an image layout; throws `images.badLayout`, `.outsideLink` and `.placeFailed`. */
export async function openLayoutFolder(path: string): Promise<LayoutSource> {
  return createLayoutSource(await folderFiles(path));
}

/**
 * Opens a tar of an image layout, in a file or in anything that is read at any place; blobs are read where they lie. Throws
 * `images.badLayout`, `.compressedTar`, `.malformedTar`, `.truncatedTar`, `.unsafeTarEntry` and `.placeFailed`.
 */
export async function openLayoutTar(tar: string | RandomAccess): Promise<LayoutSource> {
  const archive =
    typeof tar === 'string'
      ? await openRandomAccess(tar).catch(async (error) => {
          throw await placeError(tar, error);
        })
      : tar;
  try {
    return await createLayoutSource(await tarFiles(archive));
  } catch (error) {
    await archive.close();
    throw await placeError(archive.name, error);
  }
}
