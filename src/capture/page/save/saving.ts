import type { BlobBatch } from '../../../store/index.ts';
import type { CaptureBrowser } from '../browser/browser.ts';
import type { PageCaptureOptions } from '../capture-page.ts';
import type { Visit } from '../visit.ts';

/** A visit on its way into the store. */
export interface Saving extends PageCaptureOptions {
  readonly visit: Visit;
  readonly browser: CaptureBrowser;
  readonly batch: BlobBatch;
  readonly startedAt: number;
  /** Which try it is, from 1: a capture whose browser dies under it is begun anew. */
  readonly attempt: number;
  readonly url: string;
  readonly signal: AbortSignal;
}
