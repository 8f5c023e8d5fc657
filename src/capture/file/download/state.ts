import { setTimeout as sleep } from 'node:timers/promises';
import { type Clock, errorText, type OnProgress } from '../../../kernel/index.ts';
import type { PartialBlob } from '../../../store/index.ts';
import { captureErrors } from '../../errors.ts';
import { pauseMs } from '../http/pauses.ts';
import { isTransient, Transient } from './faults.ts';
import { Journal } from './journal.ts';
import { Meter } from './meter.ts';
import type { PartSizes } from './plan.ts';
import type { Opened, Source } from './source.ts';

/** So many tries in a row that bring nothing are enough for now. */
const maxFailures = 8;

export interface DownloadOptions {
  readonly url: string;
  readonly source: Source;
  readonly partial: PartialBlob;
  readonly partSizes: PartSizes;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress;
  /** Pauses between tries are this many times as long. */
  readonly pauseFactor: number;
  /** Looks at the first answer; where it says no, nothing is brought. */
  accept(opened: Opened): boolean;
}

/** What all parts of one download share. */
export interface DownloadState extends DownloadOptions {
  readonly journal: Journal;
  readonly meter: Meter;
  /** Bytes came. */
  moved(): void;
  /** Waits after a fault that may go away; throws `capture.fileBroken` after too many with nothing in between. */
  recover(error: unknown): Promise<void>;
}

export function createState(options: DownloadOptions): DownloadState {
  const { url, clock, signal, pauseFactor } = options;
  const journal = new Journal(options.partial, url);
  let failures = 0;
  let hasMoved = journal.bytes > 0;
  let pausing: Promise<void> | undefined;
  const pause = async (error: unknown) => {
    failures += 1;
    if (failures > maxFailures)
      throw captureErrors.fileBroken({ url, tries: failures, detail: errorText(error) }, { cause: error });
    if (hasMoved && journal.source && journal.bytes > 0) journal.resumed += 1;
    hasMoved = false;
    const askedMs = error instanceof Transient ? error.askedMs : undefined;
    await sleep(pauseMs(failures, askedMs) * pauseFactor, undefined, { signal });
  };
  return {
    ...options,
    journal,
    meter: new Meter(options.onProgress, clock),
    moved() {
      failures = 0;
      hasMoved = true;
    },
    async recover(error) {
      if (!isTransient(error)) throw error;
      // Connections that break together are one fault.
      pausing ??= pause(error).finally(() => {
        pausing = undefined;
      });
      await pausing;
    },
  };
}
