import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { type Digest, errorText } from '../../kernel/index.ts';
import type { OpenBlob } from '../blob-store.ts';
import { storeErrors } from '../errors.ts';
import { isMissing } from './failure.ts';
import type { Layout } from './layout.ts';

/** Opens the file of a blob; throws `store.notFound` and `store.unreadable`. */
export async function openFsBlob(layout: Layout, digest: Digest): Promise<OpenBlob> {
  const place = layout.pathOf(digest);
  const unreadable = (error: unknown) =>
    storeErrors.unreadable({ place, detail: errorText(error) }, { cause: error });
  const file = await open(place, constants.O_RDONLY | constants.O_NOFOLLOW).catch((error) => {
    throw isMissing(error) ? storeErrors.notFound({ digest }) : unreadable(error);
  });
  try {
    const { size } = await file.stat();
    return {
      sizeBytes: size,
      async read(into, at) {
        try {
          return (await file.read(into, 0, into.length, at)).bytesRead;
        } catch (error) {
          throw unreadable(error);
        }
      },
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw unreadable(error);
  }
}
