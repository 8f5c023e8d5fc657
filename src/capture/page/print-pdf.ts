import { errorText } from '../../kernel/index.ts';
import { captureErrors } from '../errors.ts';
import type { CaptureBrowser } from './browser/browser.ts';
import { evaluate, worldOf } from './evaluate.ts';
import { openPage } from './page-session.ts';

/** The longest that one page may take to print. */
const printTimeoutMs = 60_000;
const readBytes = 1024 * 1024;

/** Runs in the page: resolves when its fonts and pictures are there; names in the page may hide members of its document. */
async function allShown(): Promise<void> {
  const of = <R>(name: 'fonts' | 'images') =>
    Object.getOwnPropertyDescriptor(Document.prototype, name)!.get!.call(document) as R;
  await of<FontFaceSet>('fonts').ready;
  const images = Array.from(of<HTMLCollectionOf<HTMLImageElement>>('images'));
  await Promise.all(images.map((image) => image.decode().catch(() => {})));
}

/**
 * Prints a self-contained HTML document to PDF, piece by piece. No script of it runs, and nothing is fetched: every
 * request is failed in the browser, and its proxy, through which a prefetch would pass that by, is closed. Throws `capture.printFailed`.
 */
export async function* printPdf(browser: CaptureBrowser, html: string): AsyncGenerator<Uint8Array> {
  const timer = setTimeout(() => void browser.close(), printTimeoutMs);
  try {
    await browser.proxy.close();
    const page = await openPage(browser);
    page.on<{ requestId: string }>('Fetch.requestPaused', ({ requestId }) => {
      page.send('Fetch.failRequest', { requestId, errorReason: 'AccessDenied' }).catch(() => {});
    });
    await page.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
    await page.send('Emulation.setScriptExecutionDisabled', { value: true });
    await page.send('Page.setDocumentContent', { frameId: page.frameId, html });
    await evaluate(page, `(${String(allShown)})()`, await worldOf(page, page.frameId));
    const { stream } = await page.send<{ stream: string }>('Page.printToPDF', {
      printBackground: true,
      preferCSSPageSize: true,
      transferMode: 'ReturnAsStream',
    });
    for (let eof = false; !eof; ) {
      const piece = await page.send<{ data: string; eof: boolean }>('IO.read', {
        handle: stream,
        size: readBytes,
      });
      eof = piece.eof;
      if (piece.data.length > 0) yield Buffer.from(piece.data, 'base64');
    }
  } catch (cause) {
    throw captureErrors.printFailed({ detail: errorText(cause) }, { cause });
  } finally {
    clearTimeout(timer);
  }
}
