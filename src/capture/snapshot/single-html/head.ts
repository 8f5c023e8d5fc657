import type { Digest } from '../../../kernel/index.ts';
import type { SnapshotConfig } from '../format.ts';

/** What a self-contained document may load: what it carries itself, and nothing else. */
const policy = [
  "default-src 'none'",
  'img-src data: blob:',
  "style-src 'unsafe-inline' data:",
  'font-src data:',
  'media-src data:',
  'frame-src data:',
  "form-action 'none'",
  "base-uri 'none'",
].join('; ');

/** What goes in front of every document of a self-contained file, a frame's as well. */
export const frameHead = Buffer.from(
  `<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">`,
);

/** What goes in front of the main document: the same, and where it came from. */
export function mainHead(snapshot: Digest, config: Pick<SnapshotConfig, 'url' | 'takenAt'>): Buffer {
  const lines = [
    'Snapshot by Holdfast',
    `url: ${inComment(config.url)}`,
    `taken: ${inComment(config.takenAt)}`,
    `digest: ${snapshot}`,
  ];
  return Buffer.concat([frameHead, Buffer.from(`<!--\n ${lines.join('\n ')}\n-->`)]);
}

/**
 * Puts `head` right behind the doctype. There a parser opens html and head by itself and takes the attributes of the
 * tags that follow, so no tag has to be found; before the doctype it would switch the page to quirks mode.
 */
export async function* withHead(
  document: AsyncIterable<Uint8Array>,
  head: Uint8Array,
): AsyncGenerator<Uint8Array> {
  let start: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of document) {
    if (start === undefined) {
      yield chunk;
      continue;
    }
    start = Buffer.concat([start, chunk]);
    if (start.length < longestStart) continue;
    yield* cut(start, head);
    start = undefined;
  }
  if (start !== undefined) yield* cut(start, head);
}

const longestStart = 1024;
const doctype = /^(?:\xef\xbb\xbf)?[\t\n\f\r ]*<!doctype[^>]*>/i;

function* cut(start: Buffer, head: Uint8Array): Generator<Uint8Array> {
  const end = doctype.exec(start.toString('latin1', 0, longestStart))?.[0].length ?? 0;
  yield start.subarray(0, end);
  yield head;
  yield start.subarray(end);
}

/** Nothing in it can end the comment, break the line, or be taken for a reference. */
function inComment(value: string): string {
  return value
    .slice(0, 4096)
    .replace(/[<>\p{Cc}]/gu, (character) => encodeURIComponent(character))
    .replaceAll('sha256-', 'sha256%2D');
}
