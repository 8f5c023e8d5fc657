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
  readonly url: string;
}
