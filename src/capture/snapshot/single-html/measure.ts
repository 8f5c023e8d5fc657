import type { Descriptor, Digest } from '../../../kernel/index.ts';
import { captureErrors } from '../../errors.ts';
import { base64Length, uriTextLength } from '../byte-streams.ts';
import { plainMediaType } from '../media-type.ts';
import { frameHead } from './head.ts';
import { inertDocument } from './inert-documents.ts';
import {
  dataUriPrefix,
  emptyDataUri,
  type HtmlParts,
  isDocument,
  maxDepth,
  type UriForm,
  uriFormOf,
} from './parts.ts';
import { type Reference, referenceLength, splitDocument } from './references.ts';

/** A stored document's own bytes, and how often it refers to what. */
interface Outline {
  readonly literalBytes: number;
  /** The same as the text of a data URI. */
  readonly literalUriBytes: number;
  readonly references: readonly { readonly reference: Reference; readonly times: number }[];
}

/**
 * The exact size of the self-contained file, found without assembling it; so a page that is too large, or one of
 * which a blob is missing, is refused before the first byte. Throws `capture.tooLargeAsHtml` or `capture.badSnapshot`.
 */
export async function measure(parts: HtmlParts, limitBytes: number): Promise<number> {
  const outlines = new Map<Digest, Outline>();
  const sizes = new Map<string, number>();

  const outlineOf = async (descriptor: Descriptor): Promise<Outline> => {
    const known = outlines.get(descriptor.digest);
    if (known !== undefined) return known;
    const outline = await readOutline(parts, descriptor);
    outlines.set(descriptor.digest, outline);
    return outline;
  };

  const documentBytes = async (
    descriptor: Descriptor,
    head: number,
    depth: number,
    form: UriForm = 'base64',
  ): Promise<number> => {
    const outline = await outlineOf(descriptor);
    // What a reference becomes holds nothing that is escaped in text.
    let total = (form === 'text' ? outline.literalUriBytes : outline.literalBytes) + head;
    for (const { reference, times } of outline.references) {
      total += times * (await uriBytes(reference, depth + 1));
      // Here, not at the end: nested ones multiply, and a number that large stops being exact.
      if (total > limitBytes)
        throw captureErrors.tooLargeAsHtml({ snapshot: parts.snapshot, sizeBytes: total, limitBytes });
    }
    return total;
  };

  const uriBytes = async ({ digest, inHref }: Reference, depth: number): Promise<number> => {
    const descriptor = parts.resources.get(digest);
    if (descriptor === undefined) return referenceLength;
    if (depth > maxDepth) return emptyDataUri.length;
    const form = uriFormOf(descriptor, inHref);
    const key = `${depth} ${form} ${digest}`;
    const known = sizes.get(key);
    if (known !== undefined) return known;
    const mediaType = plainMediaType(descriptor.mediaType);
    const bytes = isDocument(mediaType)
      ? await documentBytes(descriptor, mediaType === 'text/html' ? frameHead.length : 0, depth, form)
      : await storedBytes(parts, descriptor);
    const size = dataUriPrefix(descriptor, form).length + (form === 'text' ? bytes : base64Length(bytes));
    sizes.set(key, size);
    return size;
  };

  const total = await documentBytes(parts.document, parts.head.length, 0);
  if (total > limitBytes)
    throw captureErrors.tooLargeAsHtml({ snapshot: parts.snapshot, sizeBytes: total, limitBytes });
  return total;
}

async function readOutline(parts: HtmlParts, descriptor: Descriptor): Promise<Outline> {
  await storedBytes(parts, descriptor);
  const references = new Map<string, { reference: Reference; times: number }>();
  let literalBytes = 0;
  let literalUriBytes = 0;
  const stored = await parts.store.read(descriptor.digest);
  const mediaType = plainMediaType(descriptor.mediaType);
  const isHtml = mediaType === 'text/html' || descriptor === parts.document;
  const source = isHtml ? inertDocument(parts.snapshot, descriptor, stored) : stored;
  for await (const piece of splitDocument(source, mediaType))
    if ('digest' in piece) {
      const key = `${piece.inHref} ${piece.digest}`;
      const known = references.get(key);
      if (known) known.times++;
      else references.set(key, { reference: piece, times: 1 });
    } else {
      literalBytes += piece.length;
      literalUriBytes += uriTextLength(piece);
    }
  return { literalBytes, literalUriBytes, references: [...references.values()] };
}

async function storedBytes(parts: HtmlParts, { digest, size }: Descriptor): Promise<number> {
  const info = await parts.store.stat(digest);
  if (info?.sizeBytes === size) return size;
  const fault =
    info === undefined
      ? `blob "${digest}" is missing`
      : `blob "${digest}" has ${info.sizeBytes} bytes, not ${size}`;
  throw captureErrors.badSnapshot({ snapshot: parts.snapshot, fault });
}
