import { imagesErrors } from '../errors.ts';
import type { ImageFiles } from '../folder/image-files.ts';
import { indexTar, type RandomAccess } from '../tar/index.ts';

/** The files of a tar: its entries are looked up once, then read at their place. Throws as `indexTar` does. */
export async function tarFiles(archive: RandomAccess): Promise<ImageFiles> {
  const { entries, read } = await indexTar(archive);
  const find = (path: string) => {
    const found = entries.get(path);
    return found?.type === 'file' ? found : undefined;
  };
  return {
    place: archive.name,
    sizeOf: async (path) => find(path)?.sizeBytes,
    read(path, start = 0) {
      const member = find(path);
      if (!member) throw imagesErrors.placeFailed({ place: archive.name, detail: `${path} is not in it` });
      return read(member, start);
    },
    close: () => archive.close(),
  };
}
