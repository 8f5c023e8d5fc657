import type { BlobBatch, BlobInfo } from '../../../store/index.ts';
import type { Slots } from '../../slots.ts';
import type { LayerInput } from '../../snapshot/write-snapshot.ts';
import { type PdfText, readPdf } from './read-pdf.ts';

/** Larger ones are kept and not read. */
const maxPdfBytes = 48 * 1024 * 1024;

export interface PdfDescriber {
  /** Places for PDFs that are being read: each holds its bytes. */
  readonly places: Slots;
  /** A picture of the first page as JPEG; undefined where none can be had. */
  draw(pdf: Uint8Array, signal: AbortSignal): Promise<Uint8Array | undefined>;
}

/** What is told of a PDF, and the parts that its snapshot has besides its bytes. */
export interface DescribedPdf extends PdfText {
  readonly layers: readonly LayerInput[];
}

/** Reads a PDF out of the batch; undefined where the file is none, or too large to be read. */
export async function describePdf(
  file: { readonly batch: BlobBatch; readonly blob: BlobInfo; readonly mediaType: string },
  { places, draw }: PdfDescriber,
  signal: AbortSignal,
): Promise<DescribedPdf | undefined> {
  const { batch, blob, mediaType } = file;
  if (mediaType !== 'application/pdf' || blob.sizeBytes > maxPdfBytes) return undefined;
  const leave = await places.take();
  try {
    const bytes = await batch.bytes(blob.digest, maxPdfBytes);
    const read = await readPdf(bytes, signal);
    const picture = await draw(bytes, signal);
    signal.throwIfAborted();
    const pictured = (role: 'thumbnail' | 'preview'): LayerInput[] =>
      picture ? [{ role, mediaType: 'image/jpeg', bytes: picture }] : [];
    const text: LayerInput[] =
      read.text === '' ? [] : [{ role: 'text', mediaType: 'text/plain', bytes: Buffer.from(read.text) }];
    return { ...read, layers: [...text, ...pictured('thumbnail'), ...pictured('preview')] };
  } finally {
    leave();
  }
}
