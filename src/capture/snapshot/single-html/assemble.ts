import type { Descriptor, Digest } from '../../../kernel/index.ts';
import { asBase64, inPieces } from '../byte-streams.ts';
import { plainMediaType } from '../media-type.ts';
import { frameHead, withHead } from './head.ts';
import { dataUriPrefix, emptyDataUri, type HtmlParts, isDocument, maxDepth } from './parts.ts';
import { splitAtReferences } from './references.ts';
import { createSmallBlobs } from './small-blobs.ts';

/** The self-contained file as a stream: each reference a data: URI, those of stylesheets and frames in turn. */
export function assemble(parts: HtmlParts): AsyncIterable<Uint8Array> {
  const blobs = createSmallBlobs(parts.store);

  async function* document(source: AsyncIterable<Uint8Array>, depth: number): AsyncGenerator<Uint8Array> {
    for await (const piece of splitAtReferences(source))
      if (typeof piece === 'string') yield* dataUri(piece, depth + 1);
      else yield piece;
  }

  async function* dataUri(digest: Digest, depth: number): AsyncGenerator<Uint8Array> {
    const descriptor = parts.resources.get(digest);
    if (descriptor === undefined) yield Buffer.from(digest.replace(':', '-'));
    else if (depth > maxDepth) yield Buffer.from(emptyDataUri);
    else {
      yield Buffer.from(dataUriPrefix(descriptor));
      yield* asBase64(inPieces(contentOf(descriptor, depth)));
    }
  }

  function contentOf(descriptor: Descriptor, depth: number): AsyncIterable<Uint8Array> {
    const stored = blobs.read(descriptor);
    const mediaType = plainMediaType(descriptor.mediaType);
    if (!isDocument(mediaType)) return stored;
    return document(mediaType === 'text/html' ? withHead(stored, frameHead) : stored, depth);
  }

  return inPieces(document(withHead(blobs.read(parts.document), parts.head), 0));
}
