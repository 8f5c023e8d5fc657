import type { HttpTransport } from '../kernel/index.ts';
import type { EgressGuard } from './egress/index.ts';
import { type FileCapture, hasFileEnding } from './file/index.ts';
import type { HandedOver } from './page/capture-page.ts';
import type { Capture, CaptureOutcome, CaptureRequest } from './types.ts';

export interface LinkCaptureParts {
  readonly guard: EgressGuard;
  images(request: CaptureRequest): Promise<CaptureOutcome>;
  files(transport: HttpTransport): FileCapture;
  page(request: CaptureRequest, how: { readonly handOver: boolean }): Promise<CaptureOutcome | HandedOver>;
}

/**
 * Decides which way a link goes: one to an image to its registry; a web link that is called as files are, or has a
 * checksum, is asked for directly, and goes to the browser where it turns out to be a page; a large download that the
 * browser comes upon comes back.
 */
export function createLinkCapture({ guard, images, files, page }: LinkCaptureParts): Capture['capture'] {
  const usual = guard.transport();
  return async (request) => {
    if (/^docker:\/\//i.test(request.url)) return images(request);
    const { url, options = {}, signal, onProgress } = request;
    const { checksum, ca } = options;
    const asFile = async (at?: string): Promise<CaptureOutcome | undefined> => {
      const transport = ca === undefined ? usual : guard.transport({ ca });
      const optional = { ...(at !== undefined && { at }), ...(checksum !== undefined && { checksum }) };
      try {
        return await files(transport).capture({ url, signal, onProgress, ...optional });
      } finally {
        if (transport !== usual) transport.close();
      }
    };
    if (checksum !== undefined || hasFileEnding(guard.checkUrl(url))) {
      const file = await asFile();
      if (file) return file;
    }
    const outcome = await page(request, { handOver: true });
    if (!('handedOver' in outcome)) return outcome;
    const file = await asFile(outcome.handedOver);
    if (file) return file;
    // Asked without the browser the server gives a page: what the browser gets is kept, up to its limit.
    return (await page(request, { handOver: false })) as CaptureOutcome;
  };
}
