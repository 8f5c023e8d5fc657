import type { Descriptor, Digest } from '../../../kernel/index.ts';
import type { BlobStore } from '../../../store/index.ts';
import { plainMediaType } from '../media-type.ts';

/** What a self-contained file is assembled from. */
export interface HtmlParts {
  readonly store: Pick<BlobStore, 'read' | 'stat'>;
  readonly snapshot: Digest;
  /** The main document. */
  readonly document: Descriptor;
  /** Every blob that a document may refer to. */
  readonly resources: ReadonlyMap<Digest, Descriptor>;
  /** What goes in front of the main document. */
  readonly head: Uint8Array;
}

/**
 * How deep frames and stylesheets may stand in one another. A circle cannot be written, since a blob is named by the
 * digest of its own bytes; this bounds chains that are merely long.
 */
export const maxDepth = 12;

/** A resource that refers to others: its references become data URIs in turn. */
export function isDocument(mediaType: string): boolean {
  return mediaType === 'text/html' || mediaType === 'text/css';
}

/** How the bytes of a resource are written in its data URI. */
export type UriForm = 'base64' | 'text';

/** A stylesheet that a page links to is written as text, so that it can be read and searched; all else as base 64. */
export function uriFormOf(descriptor: Descriptor, inHref: boolean): UriForm {
  return inHref && plainMediaType(descriptor.mediaType) === 'text/css' ? 'text' : 'base64';
}

/** What stands before the bytes in a resource's data URI (RFC 2397). */
export function dataUriPrefix(descriptor: Descriptor, form: UriForm): string {
  const mediaType = plainMediaType(descriptor.mediaType);
  const charset = isDocument(mediaType) ? ';charset=utf-8' : '';
  return `data:${mediaType}${charset}${form === 'base64' ? ';base64' : ''},`;
}

/** What stands in place of a resource that is nested too deep. */
export const emptyDataUri = 'data:,';
