import { indexResources } from '../compose/resources.ts';
import { type SerializedFrame, serializeFrames } from '../serialize/frames.ts';
import type { Saving } from './saving.ts';

/** The largest file that is looked through for what the serializer needs of it. */
const maxFileBytes = 8_000_000;

/** Serializes a page with its frames; one that is stuck in a script is torn out of it first. */
export async function serializePage(saving: Saving): Promise<SerializedFrame> {
  const { visit, batch, limits } = saving;
  const resources = indexResources(visit.recorder.exchanges);
  const context = {
    textOf: async (url: string) => {
      const found = resources.find(url);
      return found && found.sizeBytes < maxFileBytes
        ? Buffer.from(await batch.bytes(found.digest)).toString('utf8')
        : undefined;
    },
    limits: {
      maxNodes: limits.nodes,
      maxLength: limits.characters,
      blobs: visit.harvest.blobs.map(([url]) => url),
    },
    findClosedRoots: await mentions(saving, 'shadowrootmode'),
  };
  const serialized = serializeFrames(visit.page, context);
  const stuck = setTimeout(() => {
    visit.page.send('Runtime.terminateExecution').catch(() => {});
  }, limits.timeMs / 12);
  try {
    return await serialized.catch(() => serializeFrames(visit.page, context));
  } finally {
    clearTimeout(stuck);
  }
}

/** The visible text of a document and of the documents in its frames. */
export function visibleTextOf(frame: SerializedFrame): string {
  return [frame.text, ...[...frame.frames.values()].map(visibleTextOf)].filter(Boolean).join('\n');
}

/** True where one of the page's documents has the word in its markup. */
async function mentions({ visit, batch }: Saving, word: string): Promise<boolean> {
  for (const { type, body } of visit.recorder.exchanges) {
    if (type !== 'document' || !body || body.size > maxFileBytes) continue;
    if (Buffer.from(await batch.bytes(body.digest)).includes(word)) return true;
  }
  return false;
}
