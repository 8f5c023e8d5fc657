import type { Digest } from '../../../kernel/index.ts';
import type { BlobBatch } from '../../../store/index.ts';
import type { TimedExchange } from '../../snapshot/format.ts';
import type { Resources } from '../compose/resources.ts';
import { decodeCss } from '../css/decode-css.ts';
import { mediaTypeOf } from '../record/response-kind.ts';

/** The largest style sheet that is rewritten; a larger one is left out. */
const maxSheetBytes = 32 * 1024 * 1024;

/** Reads the recorded style sheets out of the batch, so that composing need not wait; gives their text by URL. */
export async function preloadSheets(
  exchanges: readonly TimedExchange[],
  resources: Resources,
  batch: BlobBatch,
): Promise<(url: string, documentCharset: string) => string | undefined> {
  const bytes = new Map<Digest, Uint8Array>();
  for (const { type, body, responseHeaders } of exchanges) {
    if (!body || body.size > maxSheetBytes || bytes.has(body.digest)) continue;
    if (type === 'stylesheet' || mediaTypeOf(responseHeaders) === 'text/css') {
      bytes.set(body.digest, await batch.bytes(body.digest, maxSheetBytes));
    }
  }
  return (url, documentCharset) => {
    const found = resources.find(url);
    const sheet = found && bytes.get(found.digest);
    return sheet && decodeCss(sheet, found.exchange.responseHeaders, documentCharset);
  };
}
