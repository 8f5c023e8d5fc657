import { errorText } from '../../../kernel/index.ts';
import type { BlobBatch } from '../../../store/index.ts';
import type { EgressGuard } from '../../egress/index.ts';
import type { TimedExchange } from '../../snapshot/format.ts';
import type { Deadline } from '../load/deadline.ts';
import { isStoreFault } from '../record/store-fault.ts';

/** Files fetched after the page, in all, and the most that each may have. */
const maxExtras = 40;
const maxExtraBytes = 4 * 1024 * 1024;
/** All of them together may not hold the capture up for longer. */
const shareMs = 2_500;

/**
 * Fetches what the page names and the browser never asked for (pictures of other states, the icon), through the guard.
 * What hangs or fails is left out: the page that was shown did not need it.
 */
export async function fetchExtras(
  urls: readonly string[],
  context: {
    guard: EgressGuard;
    batch: BlobBatch;
    deadline: Deadline;
    startedAt: number;
    referrer: string;
    userAgent: string;
  },
): Promise<readonly TimedExchange[]> {
  const { guard, batch, deadline, startedAt, referrer, userAgent } = context;
  const fetched: TimedExchange[] = [];
  const stop = new AbortController();
  const requestHeaders = {
    'User-Agent': userAgent,
    Referer: referrer,
    Accept: 'image/avif,image/webp,image/*,*/*;q=0.8',
  };
  const fetchOne = async (url: string): Promise<void> => {
    const atMs = Date.now() - startedAt;
    try {
      const response = await guard.fetch(url, {
        headers: requestHeaders,
        maxBytes: maxExtraBytes,
        timeoutMs: shareMs,
        signal: stop.signal,
      });
      if (response.status >= 400) throw new Error(`HTTP ${response.status}`);
      const blob = await batch.put(response.body, { maxBytes: maxExtraBytes });
      const exchange = {
        method: 'GET',
        requestHeaders: Object.entries(requestHeaders),
        type: 'other',
        status: response.status,
        statusText: '',
        responseHeaders: response.headers.filter(([name]) => !/^content-encoding$/i.test(name)),
        body: { digest: blob.digest, size: blob.sizeBytes },
        atMs,
      };
      if (stop.signal.aborted) return;
      fetched.push({ ...exchange, url });
    } catch (error) {
      if (isStoreFault(error)) throw error;
      if (stop.signal.aborted) return;
      // Kept with its reason, so that nobody asks again.
      fetched.push({
        url,
        method: 'GET',
        requestHeaders: [],
        type: 'extra',
        status: 0,
        statusText: '',
        responseHeaders: [],
        body: null,
        error: errorText(error),
        atMs,
      });
    }
  };
  await deadline.within('saving', Promise.all(urls.slice(0, maxExtras).map(fetchOne)), shareMs);
  stop.abort();
  return [...fetched];
}
