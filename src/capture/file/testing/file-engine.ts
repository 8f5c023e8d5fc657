import type { Progress } from '../../../kernel/index.ts';
import { type BlobStore, MemoryBlobStore } from '../../../store/index.ts';
import { createEgressGuard } from '../../egress/index.ts';
import { allowedAddress } from '../../egress/testing/servers.ts';
import { createSlots } from '../../slots.ts';
import type { CaptureOutcome } from '../../types.ts';
import { createFileCapture, type FileCaptureOptions, type FileRequest } from '../file-capture.ts';

export const mebibyte = 1024 * 1024;

/** An engine of a test: parts of 1 MiB, pauses of some milliseconds, only the address of test servers allowed. */
export function fileEngine(options: Partial<FileCaptureOptions> = {}) {
  const store: BlobStore = options.store ?? new MemoryBlobStore();
  const guard = createEgressGuard({ policy: { allow: [`${allowedAddress}/32`], never: [] } });
  const transport = guard.transport();
  const files = createFileCapture({
    transport,
    store,
    software: 'Holdfast/test',
    pdf: { places: createSlots(1, 10), draw: async () => undefined },
    partSizes: { least: mebibyte, most: mebibyte },
    stallMs: 1_000,
    pauseFactor: 0.01,
    ...options,
  });
  const progress: Progress[] = [];
  const capture = (url: string, rest: Partial<FileRequest> = {}) =>
    files.capture({
      url,
      signal: new AbortController().signal,
      onProgress: (event) => void progress.push(event),
      ...rest,
    });
  return {
    store,
    progress,
    capture,
    /** As `capture`, of a file that is no page. */
    async take(url: string, rest: Partial<FileRequest> = {}): Promise<CaptureOutcome> {
      const outcome = await capture(url, rest);
      if (!outcome) throw new Error('it was taken for a page');
      return outcome;
    },
    partials: async () => Array.fromAsync(store.partials()),
  };
}

/** The codes of what an outcome rests on. */
export const codesOf = ({ evidence }: CaptureOutcome) => evidence.map(({ code }) => code);

/** The details of a piece of evidence that an outcome rests on. */
export const detailsOf = ({ evidence }: CaptureOutcome, code: string) =>
  evidence.find((each) => each.code === code)?.details;

/** The parts that requests asked for, in order of their start, without the path. */
export const rangesIn = (asked: readonly string[]) =>
  asked
    .map((each) => each.split(' ')[1]!)
    .toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
