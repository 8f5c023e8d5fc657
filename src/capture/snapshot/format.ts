import type { Descriptor, Digest } from '../../kernel/index.ts';
import type { Evidence, Measures, SnapshotKind, Verdict } from '../../links/index.ts';

/**
 * How a snapshot lies in the store: an OCI image manifest with `artifactType` below, a config blob (SnapshotConfig as
 * JSON) and one layer for each part. A layer's role stands in the annotation `dev.holdfast.role`; layers without it
 * are resources. Documents refer to resources by the relative URL `sha256-<hex>`, so a replay serves all of a
 * snapshot's blobs from one folder and nothing is rewritten.
 */
export const pageArtifactType = 'application/vnd.holdfast.page.v1+json';
export const fileArtifactType = 'application/vnd.holdfast.file.v1+json';
/** An image or a release: an OCI index, see image-index.ts. */
export const imageArtifactType = 'application/vnd.holdfast.image.v1+json';
export const releaseArtifactType = 'application/vnd.holdfast.release.v1+json';
/** A PDF made later: an artifact whose `subject` is the snapshot's manifest. */
export const pdfArtifactType = 'application/vnd.holdfast.pdf.v1';
export const configMediaType = 'application/vnd.holdfast.snapshot.config.v1+json';
export const exchangesMediaType = 'application/vnd.holdfast.exchanges.v1+json+zstd';
export const roleAnnotation = 'dev.holdfast.role';

/**
 * - html: the main document (text/html, references as above) · screenshot: full page, image/png or image/jpeg
 * - thumbnail: image/jpeg or image/webp · text: readable text, text/plain · page-text: all visible text, text/plain
 * - markdown: text/markdown · article: readable HTML without active content · icon, preview: pictures
 * - exchanges: every request and response that the browser saw, see Exchange · file: the bytes of a link to a file
 */
export type LayerRole =
  | 'html'
  | 'screenshot'
  | 'thumbnail'
  | 'text'
  | 'page-text'
  | 'markdown'
  | 'article'
  | 'icon'
  | 'preview'
  | 'exchanges'
  | 'file';

/** A resource that the page asked for and the snapshot does not have. */
export interface MissingResource {
  readonly url: string;
  readonly reason: string;
}

export interface SnapshotConfig {
  readonly version: 1;
  readonly kind: SnapshotKind;
  readonly url: string;
  readonly finalUrl: string;
  /** RFC 3339, UTC, milliseconds. */
  readonly takenAt: string;
  readonly verdict: Verdict;
  readonly evidence: readonly Evidence[];
  readonly status: number | null;
  readonly title: string;
  readonly description: string;
  readonly author: string;
  readonly publishedAt: string;
  readonly language: string;
  readonly siteName: string;
  readonly measures: Measures;
  readonly missing: readonly MissingResource[];
  /** Of an OpenShift release; the architecture is named as OpenShift does, `x86_64`. */
  readonly release?: { readonly version: string; readonly architecture: string };
  /** The viewport that the page was laid out in, CSS pixels. */
  readonly viewport: { readonly width: number; readonly height: number };
  /** For example `Holdfast/0.1.0 Chrome/156.0.8078.73`. */
  readonly software: string;
  /** For each exchange, in order: milliseconds after `takenAt` at which the request went out. */
  readonly exchangeTimesMs: readonly number[];
  /** For each exchange, in order: headers that differ at every request (date, age, …), kept apart so that the exchanges blob of an unchanged page is the same blob. Those of the request have a `>` before their name. */
  readonly exchangeVolatile: readonly (readonly HeaderLine[])[];
}

export type HeaderLine = readonly [name: string, value: string];

/** One request and its response. `body` is null where there was none or it was over the cap. */
export interface Exchange {
  readonly url: string;
  readonly method: string;
  readonly requestHeaders: readonly HeaderLine[];
  /** A request's body (POST), as text; absent for most. */
  readonly requestBody?: string;
  /** The CDP resource type in lower case: document, stylesheet, image, font, script, xhr, … */
  readonly type: string;
  readonly status: number;
  readonly statusText: string;
  readonly responseHeaders: readonly HeaderLine[];
  /** Content-decoded bytes, as a blob of the store. */
  readonly body: { readonly digest: Digest; readonly size: number } | null;
  /** Why there is no response, a net::ERR_… name or a reason of the guard. */
  readonly error?: string;
}

/** An exchange as it was read back, its volatile headers and its time in place. */
export interface TimedExchange extends Exchange {
  readonly atMs: number;
}

/** A layer together with its role, `resource` where it has none. */
export interface SnapshotLayer {
  readonly role: LayerRole | 'resource';
  readonly descriptor: Descriptor;
}
