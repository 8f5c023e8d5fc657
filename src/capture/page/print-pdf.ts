import { errorText } from '../../kernel/index.ts';
import { captureErrors } from '../errors.ts';
import type { CaptureBrowser } from './browser/browser.ts';
import { evaluate } from './evaluate.ts';
import { openPage } from './page-session.ts';

/** The longest that one page may take to print. */
const printTimeoutMs = 60_000;
const readBytes = 1024 * 1024;

/**
 * Prints a self-contained HTML document to PDF, piece by piece. Nothing is fetched: every request is failed in the
 * browser, and its proxy would refuse it besides. Throws `capture.printFailed`.
 */
export async function* printPdf(browser: CaptureBrowser, html: string): AsyncGenerator<Uint8Array> {
  const timer = setTimeout(() => void browser.close(), printTimeoutMs);
  try {
    const page = await openPage(browser);
    page.on<{ requestId: string }>('Fetch.requestPaused', ({ requestId }) => {
      page.send('Fetch.failRequest', { requestId, errorReason: 'AccessDenied' }).catch(() => {});
    });
    await page.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
    await page.send('Emulation.setScriptExecutionDisabled', { value: true });
    await page.send('Page.setDocumentContent', { frameId: page.frameId, html });
    await page.send('Emulation.setScriptExecutionDisabled', { value: false });
    await evaluate(
      page,
      'Promise.all([document.fonts.ready, ...Array.from(document.images, (i) => i.decode().catch(() => {}))]).then(() => 1)',
    );
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
