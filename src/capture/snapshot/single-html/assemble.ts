import type { Descriptor } from '../../../kernel/index.ts';
import { asBase64, asUriText, inPieces } from '../byte-streams.ts';
import { plainMediaType } from '../media-type.ts';
import { frameHead, withHead } from './head.ts';
import { inertDocument } from './inert-documents.ts';
import { dataUriPrefix, emptyDataUri, type HtmlParts, isDocument, maxDepth, uriFormOf } from './parts.ts';
import { type Reference, splitDocument } from './references.ts';
import { createSmallBlobs } from './small-blobs.ts';

/** The self-contained file as a stream: each reference a data: URI, those of stylesheets and frames in turn. */
export function assemble(parts: HtmlParts): AsyncIterable<Uint8Array> {
  const blobs = createSmallBlobs(parts.store);

  async function* document(
    source: AsyncIterable<Uint8Array>,
    mediaType: string,
    depth: number,
  ): AsyncGenerator<Uint8Array> {
    for await (const piece of splitDocument(source, mediaType))
      if ('digest' in piece) yield* dataUri(piece, depth + 1);
      else yield piece;
  }

  async function* dataUri({ digest, inHref }: Reference, depth: number): AsyncGenerator<Uint8Array> {
    const descriptor = parts.resources.get(digest);
    if (descriptor === undefined) yield Buffer.from(digest.replace(':', '-'));
    else if (depth > maxDepth) yield Buffer.from(emptyDataUri);
    else {
      const form = uriFormOf(descriptor, inHref);
      yield Buffer.from(dataUriPrefix(descriptor, form));
      const content = inPieces(contentOf(descriptor, depth));
      yield* form === 'text' ? asUriText(content) : asBase64(content);
    }
  }

  function contentOf(descriptor: Descriptor, depth: number): AsyncIterable<Uint8Array> {
    const stored = blobs.read(descriptor);
    const mediaType = plainMediaType(descriptor.mediaType);
    if (!isDocument(mediaType)) return stored;
    if (mediaType !== 'text/html') return document(stored, mediaType, depth);
    return document(withHead(inertDocument(parts.snapshot, descriptor, stored), frameHead), mediaType, depth);
  }

  const main = inertDocument(parts.snapshot, parts.document, blobs.read(parts.document));
  return inPieces(document(withHead(main, parts.head), plainMediaType(parts.document.mediaType), 0));
}
