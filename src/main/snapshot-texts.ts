import type { SnapshotReaders } from '../capture/index.ts';
import type { SnapshotTexts } from '../links/index.ts';

/** More than this is not read for an excerpt. */
const maxBytes = 4 * 1024 * 1024;

/** Reads what a snapshot says, for excerpts; a snapshot whose text is gone has none. */
export function snapshotTexts(readers: () => Promise<SnapshotReaders>): SnapshotTexts {
  return {
    async read({ digest, kind }) {
      if (digest === null) return '';
      const opened = await readers();
      if (kind === 'image' || kind === 'release') return opened.words(digest);
      const reader = await opened.open(digest);
      const part = (await reader.part('page-text')) ?? (await reader.part('text'));
      if (!part) return '';
      const decoder = new TextDecoder();
      let text = '';
      let sizeBytes = 0;
      for await (const chunk of part.body) {
        text += decoder.decode(chunk, { stream: true });
        sizeBytes += chunk.length;
        if (sizeBytes > maxBytes) break;
      }
      return text;
    },
  };
}
