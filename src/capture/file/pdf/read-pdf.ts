import { Worker } from 'node:worker_threads';
import { noFacts, type PdfFacts, type PdfMessage } from './pdf-facts.ts';

export interface PdfLimits {
  readonly timeoutMs: number;
  readonly maxHeapMb: number;
  /** Of the text; the rest is left out. */
  readonly maxCharacters: number;
}

export const defaultPdfLimits: PdfLimits = { timeoutMs: 20_000, maxHeapMb: 256, maxCharacters: 4_000_000 };

/** A PDF's text, pages parted by empty lines, and what it says of itself. */
export interface PdfText extends PdfFacts {
  readonly text: string;
}

/** Reads a PDF in a thread of its own; of one that takes too much time or memory, or is broken, what came until then. */
export async function readPdf(
  bytes: Uint8Array,
  signal: AbortSignal,
  { timeoutMs, maxHeapMb, maxCharacters }: PdfLimits = defaultPdfLimits,
): Promise<PdfText> {
  signal.throwIfAborted();
  const own = new Uint8Array(bytes);
  const worker = new Worker(new URL('./pdf-worker.ts', import.meta.url), {
    workerData: own,
    transferList: [own.buffer],
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
    // A library that prints must not mix with a command's output.
    stdout: true,
    stderr: true,
  });
  const ended = Promise.withResolvers<void>();
  let facts = noFacts;
  let text = '';
  worker.on('message', (message: PdfMessage) => {
    if ('facts' in message) facts = message.facts;
    else text += (text === '' ? '' : '\n\n') + message.page;
    if (text.length > maxCharacters) ended.resolve();
  });
  worker.on('error', () => ended.resolve());
  worker.once('exit', () => ended.resolve());
  const stop = () => ended.resolve();
  signal.addEventListener('abort', stop, { once: true });
  const timer = setTimeout(stop, timeoutMs);
  try {
    await ended.promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
  signal.throwIfAborted();
  return { ...facts, text: text.slice(0, maxCharacters).trim() };
}
