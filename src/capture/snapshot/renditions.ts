import type { Descriptor, Digest } from '../../kernel/index.ts';
import { type Format, formats } from '../../links/index.ts';
import type { BlobStore } from '../../store/index.ts';
import { captureErrors } from '../errors.ts';
import type { Rendition, ReplayResource, SnapshotReader } from '../types.ts';
import { once } from './byte-streams.ts';
import { fileNameFor, fileNameOfUrl, safeName } from './file-name.ts';
import { pdfArtifactType, type SnapshotLayer } from './format.ts';
import { type FindReferrer, findPdf } from './pdf.ts';
import { pngOfJpeg } from './png-of-jpeg.ts';
import { mainHead } from './single-html/head.ts';
import { singleHtml } from './single-html/single-html.ts';
import { wacz } from './wacz/wacz.ts';

/** What a rendition is made from. */
export interface RenditionSources {
  readonly store: BlobStore;
  readonly findReferrer: FindReferrer;
  readonly reader: SnapshotReader;
  readonly parts: ReadonlyMap<SnapshotLayer['role'], Descriptor>;
  readonly resources: ReadonlyMap<Digest, Descriptor>;
  /** Checks that the blob is held before it is promised. */
  readonly blob: (descriptor: Descriptor) => Promise<ReplayResource>;
}

type Maker = (from: RenditionSources) => Promise<Rendition | undefined>;

const makers: Record<Format, Maker> = {
  html: async ({ store, reader, parts, resources }) => {
    const document = parts.get('html');
    if (document === undefined) return undefined;
    const head = mainHead(reader.digest, reader.config);
    const file = await singleHtml({ store, snapshot: reader.digest, document, resources, head });
    return { mediaType: 'text/html; charset=utf-8', fileName: fileNameFor(reader.config, 'html'), ...file };
  },
  png: async (from) => {
    const screenshot = from.parts.get('screenshot');
    if (screenshot?.mediaType !== 'image/jpeg') return stored(from, screenshot, 'png');
    const png = await pngOfJpeg(await from.store.bytes(screenshot.digest));
    const fileName = fileNameFor(from.reader.config, 'png');
    return { mediaType: 'image/png', fileName, sizeBytes: png.length, body: once(png) };
  },
  pdf: async (from) => stored(from, await findPdf(from, from.reader.digest), 'pdf'),
  text: async (from) =>
    stored(from, from.parts.get('text') ?? from.parts.get('page-text'), 'txt', 'text/plain; charset=utf-8'),
  md: async (from) => stored(from, from.parts.get('markdown'), 'md', 'text/markdown; charset=utf-8'),
  wacz: async ({ store, reader, parts, resources }) => {
    if (!parts.has('exchanges')) return undefined;
    const { digest: snapshot, config } = reader;
    const exchanges = await reader.exchanges();
    const body = await wacz({ store, snapshot, config, exchanges, parts, blobs: resources });
    return { mediaType: 'application/wacz', fileName: fileNameFor(reader.config, 'wacz'), body };
  },
  file: async (from) => {
    const file = await stored(from, from.parts.get('file'), '');
    const { config } = from.reader;
    // The title of a PDF may be its own.
    const isNamed = file?.mediaType !== 'application/pdf' || /\.pdf$/i.test(config.title);
    const named = isNamed ? safeName(config.title) : fileNameFor(config, 'pdf');
    return file && { ...file, fileName: named || fileNameOfUrl(config.finalUrl, 'file') };
  },
};

/** A snapshot in one form; throws `capture.noFormat` naming the forms that it has. */
export async function rendition(from: RenditionSources, format: Format): Promise<Rendition> {
  const made = await makers[format](from);
  if (made !== undefined) return made;
  throw captureErrors.noFormat({
    snapshot: from.reader.digest,
    format,
    formats: (await formatsOf(from)).join(', ') || 'none',
  });
}

async function formatsOf(from: RenditionSources): Promise<Format[]> {
  const { parts } = from;
  const held: Record<Format, boolean> = {
    html: parts.has('html'),
    png: parts.has('screenshot'),
    pdf: (await from.findReferrer(from.reader.digest, pdfArtifactType)) !== undefined,
    text: parts.has('text') || parts.has('page-text'),
    md: parts.has('markdown'),
    wacz: parts.has('exchanges'),
    file: parts.has('file'),
  };
  return formats.filter((format) => held[format]);
}

async function stored(
  { reader, blob }: RenditionSources,
  descriptor: Descriptor | undefined,
  extension: string,
  mediaType?: string,
): Promise<Rendition | undefined> {
  if (descriptor === undefined) return undefined;
  const fileName = fileNameFor(reader.config, extension);
  const bytes = await blob(descriptor);
  return { ...bytes, mediaType: mediaType ?? bytes.mediaType, fileName };
}
