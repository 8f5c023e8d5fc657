import { errorText, HoldfastError, hasCode } from '../../kernel/index.ts';
import type { Evidence } from '../../links/index.ts';
import type { BlobBatch, BlobStore } from '../../store/index.ts';
import type { EgressGuard } from '../egress/index.ts';
import { emptyOutcome } from '../empty-outcome.ts';
import { captureErrors } from '../errors.ts';
import type { PdfDescriber } from '../file/index.ts';
import type { Slots } from '../slots.ts';
import type { CaptureOutcome, CaptureRequest } from '../types.ts';
import type { CaptureBrowser } from './browser/browser.ts';
import type { BrowserPool } from './browser/pool.ts';
import { CdpError } from './cdp/connection.ts';
import type { CaptureLimits } from './limits.ts';
import { saveDownload } from './save/save-download.ts';
import { savePage } from './save/save-page.ts';
import type { TextExtractor } from './text/index.ts';
import { type Visit, visit } from './visit.ts';

export interface PageCaptureOptions {
  readonly pool: BrowserPool;
  readonly store: BlobStore;
  readonly guard: EgressGuard;
  readonly text: TextExtractor;
  readonly limits: CaptureLimits;
  /** Places for pages that are being pictured. */
  readonly picturing: Slots;
  readonly pdf: PdfDescriber;
  /** For the config of snapshots, for example `Holdfast/0.1.0`. */
  readonly software: string;
}

/** A link that the browser found to be a large download, for others to fetch. */
export interface HandedOver {
  /** Where its bytes are. */
  readonly handedOver: string;
}

/** A capture whose browser dies under it is begun anew this often before it ends with that as its reason. */
const maxAttempts = 2;

/** Takes one snapshot: one browser, one navigation, every format; see `Capture.capture`. */
export async function capturePage(
  options: PageCaptureOptions,
  request: CaptureRequest,
  { handOver }: { readonly handOver: boolean },
): Promise<CaptureOutcome | HandedOver> {
  options.guard.checkUrl(request.url);
  const startedAt = Date.now();
  let lastFault: Evidence = { code: 'browserLost', details: { detail: 'unknown' } };
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const remaining = options.limits.timeMs - (Date.now() - startedAt);
    if (attempt > 1 && remaining < options.limits.timeMs / 3) break;
    const browser = await acquireBrowser(options.pool);
    const batch = options.store.batch();
    const abort = () => void browser.close();
    request.signal.addEventListener('abort', abort, { once: true });
    // Whatever hangs, the browser does not outlive the cap; ending it makes every step under way fail.
    const guillotine = setTimeout(abort, remaining);
    try {
      request.signal.throwIfAborted();
      const outcome = await attemptOnce(options, request, browser, batch, {
        startedAt,
        timeMs: remaining,
        attempt,
        handOver,
      });
      if (!('crashed' in outcome)) return outcome;
      lastFault = { code: 'rendererCrash', details: { times: attempt } };
    } catch (error) {
      if (request.signal.aborted) throw captureErrors.cancelled({ url: request.url }, { cause: error });
      const loss = lossOf(error, attempt);
      if (loss) {
        lastFault = loss;
        continue;
      }
      if (!hasCode(error, 'capture.browserLost')) throw error;
      const overTime = Date.now() - startedAt >= options.limits.timeMs - 50;
      lastFault = overTime
        ? { code: 'timeCap', details: { limitMs: options.limits.timeMs, stage: 'saving' } }
        : { code: 'browserLost', details: { detail: errorText(error) } };
      if (overTime) break;
    } finally {
      clearTimeout(guillotine);
      request.signal.removeEventListener('abort', abort);
      await batch.abort();
      await browser.close();
    }
  }
  return emptyOutcome('page', request.url, startedAt, [lastFault]);
}

/** A browser that does not come up on a machine that is busy just then does so the next time. */
async function acquireBrowser(pool: BrowserPool): Promise<CaptureBrowser> {
  try {
    return await pool.acquire();
  } catch (error) {
    if (!hasCode(error, 'capture.browserFailed')) throw error;
    return pool.acquire();
  }
}

async function attemptOnce(
  options: PageCaptureOptions,
  request: CaptureRequest,
  browser: CaptureBrowser,
  batch: BlobBatch,
  time: { startedAt: number; timeMs: number; attempt: number; handOver: boolean },
): Promise<CaptureOutcome | HandedOver | { crashed: true }> {
  const limits = { ...options.limits, timeMs: time.timeMs };
  const visited = await visit(browser, { ...request, ...time, batch, limits });
  if (visited.page.crashes > 0) return { crashed: true };
  const saving = {
    ...options,
    limits,
    visit: visited,
    browser,
    batch,
    startedAt: time.startedAt,
    attempt: time.attempt,
    url: request.url,
    signal: request.signal,
  };
  const { download } = visited;
  if (download?.blob) return saveDownload(saving, download, download.blob);
  if (download) return { handedOver: download.url };
  const failure = failureOf(visited, options.limits.timeMs);
  if (failure) return emptyOutcome('page', request.url, time.startedAt, [failure]);
  request.onProgress({ stage: 'saving', done: 3, total: 5, unit: 'steps' });
  try {
    return await savePage(saving, () =>
      request.onProgress({ stage: 'writing', done: 4, total: 5, unit: 'steps' }),
    );
  } catch (error) {
    if (visited.page.crashes > 0) return { crashed: true };
    throw error;
  }
}

/** What became of a page that a command no longer found there; undefined for every other error. */
function lossOf(error: unknown, attempt: number): Evidence | undefined {
  if (!(error instanceof CdpError)) return undefined;
  if (/crash/i.test(error.message)) return { code: 'rendererCrash', details: { times: attempt } };
  return /not found|closed|detached|not attached/i.test(error.message)
    ? { code: 'tabClosed', details: {} }
    : undefined;
}

/** Why there is no document to save, if there is none. */
function failureOf(visited: Visit, limitMs: number): Evidence | undefined {
  const { networkError, recorder, unparsed, page } = visited;
  const main = recorder.exchanges.findLast((exchange) => exchange.type === 'document' && exchange.error);
  const refused = /^refused: (?!failed$|unresolvable$)(.*)/.exec(main?.error ?? '')?.[1];
  if (networkError) {
    if (refused && main)
      return { code: 'refusedAddress', details: { address: new URL(main.url).host, reason: refused } };
    if (recorder.cappedAt !== undefined)
      return { code: 'bytesCap', details: { limitBytes: recorder.cappedAt } };
    return { code: 'networkError', details: { error: networkError } };
  }
  if (page.gone) return { code: 'tabClosed', details: {} };
  return unparsed ? { code: 'timeCap', details: { limitMs, stage: 'loading' } } : undefined;
}

/** True for the error of a capture that was cancelled. */
export function isCancelled(error: unknown): boolean {
  return error instanceof HoldfastError && error.kind === 'cancelled';
}
