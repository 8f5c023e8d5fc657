import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { BrowserPool } from './browser/pool.ts';
import { evaluate } from './evaluate.ts';
import { openPage } from './page-session.ts';

const timeoutMs = 20_000;
/** The width of the picture, pixels. */
const widthPx = 800;
/** A string of the protocol takes so much at a time. */
const sliceBytes = 3 * 1024 * 1024;

/**
 * Draws the first page of a PDF in an empty page of a capture browser that reaches nothing, as JPEG; undefined where that
 * cannot be done in time, or no browser is there.
 */
export async function drawPdf(
  pool: BrowserPool,
  pdf: Uint8Array,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  const browser = await pool.acquire().catch(() => undefined);
  if (!browser) return undefined;
  const end = () => void browser.close();
  signal.addEventListener('abort', end, { once: true });
  const timer = setTimeout(end, timeoutMs);
  try {
    await browser.proxy.close();
    const page = await openPage(browser);
    const library = await readFile(fileURLToPath(import.meta.resolve('unpdf/pdfjs')), 'utf8');
    await evaluate(page, `globalThis.library = ${JSON.stringify(library)}; globalThis.parts = []; 0`);
    for (let at = 0; at < pdf.length; at += sliceBytes) {
      const part = Buffer.from(pdf.subarray(at, at + sliceBytes)).toString('base64');
      await evaluate(page, `parts.push(Uint8Array.fromBase64("${part}")); 0`);
    }
    const drawn = await evaluate<string>(page, `(${String(drawInPage)})(${widthPx})`);
    return Buffer.from(drawn, 'base64');
  } catch {
    // A file without a picture is as good a file.
    return undefined;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
    await browser.close();
  }
}

/** Runs in the browser. */
async function drawInPage(width: number): Promise<string> {
  const given = globalThis as unknown as { library: string; parts: Uint8Array[] };
  const address = URL.createObjectURL(new Blob([given.library], { type: 'text/javascript' }));
  const { getDocument } = await import(address);
  const data = new Uint8Array(await new Blob(given.parts as BlobPart[]).arrayBuffer());
  const pdf = await getDocument({ data, verbosity: 0 }).promise;
  const page = await pdf.getPage(1);
  const scale = width / page.getViewport({ scale: 1 }).width;
  const viewport = page.getViewport({ scale });
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = Math.min(Math.round(viewport.height), 4 * width);
  await page.render({ canvas, viewport, background: 'white' }).promise;
  return canvas.toDataURL('image/jpeg', 0.8).split(',')[1]!;
}
