import type { Digest } from '../../kernel/index.ts';
import type { BlobStore } from '../../store/index.ts';
import { collect } from '../../store/index.ts';
import { attachPdf, type FindReferrer, findPdf, type RecordReferrer } from '../snapshot/pdf.ts';
import { createSnapshotReaders } from '../snapshot/readers.ts';
import type { BrowserPool } from './browser/pool.ts';
import { printPdf } from './print-pdf.ts';

/** The largest single HTML that is printed. */
const maxHtmlBytes = 96 * 1024 * 1024;

export interface PrintOptions {
  readonly store: BlobStore;
  readonly pool: BrowserPool;
  readonly findReferrer: FindReferrer;
  readonly recordReferrer: RecordReferrer;
}

/**
 * Gives a snapshot its PDF: that of an earlier snapshot with the same document, else one printed from the replay.
 * Printing twice gives other bytes, so an unchanged page would otherwise cost a PDF each time.
 */
export async function printSnapshot(
  options: PrintOptions,
  snapshot: Digest,
  earlier: readonly Digest[],
  signal: AbortSignal,
): Promise<void> {
  const { store, pool } = options;
  const readers = createSnapshotReaders(options);
  const reader = await readers.open(snapshot);
  const documentOf = (layers: typeof reader.layers) =>
    layers.find(({ role }) => role === 'html')?.descriptor.digest;
  for (const other of earlier) {
    if (documentOf((await readers.open(other)).layers) !== documentOf(reader.layers)) continue;
    const pdf = await findPdf(options, other);
    if (pdf) return void (await attachPdf(options, snapshot, await store.read(pdf.digest)));
  }
  const html = await collect((await reader.as('html')).body, maxHtmlBytes);
  signal.throwIfAborted();
  const browser = await pool.acquire();
  const abort = () => void browser.close();
  signal.addEventListener('abort', abort, { once: true });
  try {
    await attachPdf(options, snapshot, printPdf(browser, Buffer.from(html).toString('utf8')));
  } finally {
    signal.removeEventListener('abort', abort);
    await browser.close();
  }
}
