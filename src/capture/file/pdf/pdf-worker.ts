import { parentPort, workerData } from 'node:worker_threads';
import { getDocumentProxy } from 'unpdf';
import type { PdfFacts, PdfMessage } from './pdf-facts.ts';

const maxPages = 5_000;
const maxFactLength = 1_000;

const tell = (message: PdfMessage) => parentPort?.postMessage(message);
const pdf = await getDocumentProxy(workerData as Uint8Array, { verbosity: 0 });
const { info } = await pdf.getMetadata();
tell({ facts: factsIn(info as Readonly<Record<string, unknown>>) });
for (let number = 1; number <= Math.min(pdf.numPages, maxPages); number++) {
  const page = await pdf.getPage(number);
  const { items } = await page.getTextContent();
  const text = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
  tell({ page: clean(text) });
  page.cleanup();
}
process.exit();

function factsIn(info: Readonly<Record<string, unknown>>): PdfFacts {
  const text = (name: string) => {
    const value = info[name];
    return typeof value === 'string' ? clean(value).trim().slice(0, maxFactLength) : '';
  };
  const language = /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.exec(text('Language'))?.[0] ?? '';
  // PDF 32000-1 7.9.4: D:YYYYMMDDHHmmSS and more, of which the day is what people ask for.
  const [, year, month, day] = /^D:(\d{4})(\d{2})(\d{2})/.exec(text('CreationDate')) ?? [];
  const written = year === undefined ? '' : `${year}-${month}-${day}`;
  const publishedAt = Number.isNaN(Date.parse(written)) ? '' : written;
  return { title: text('Title'), author: text('Author'), language, publishedAt };
}

/** Without the control characters that fonts of no encoding leave. */
function clean(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, ' ').toWellFormed();
}
