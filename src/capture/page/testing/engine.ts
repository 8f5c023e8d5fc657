import type { Digest } from '../../../kernel/index.ts';
import { MemoryBlobStore } from '../../../store/index.ts';
import { createCapture } from '../../create-capture.ts';
import { createEgressGuard } from '../../egress/index.ts';
import { allowedAddress } from '../../egress/testing/servers.ts';
import { createMemoryReferrers } from '../../snapshot/pdf.ts';
import { createSnapshotReaders } from '../../snapshot/readers.ts';
import type { CaptureOutcome, SnapshotReader } from '../../types.ts';
import type { CaptureLimits } from '../limits.ts';

/** An engine of a test over a store in memory, closed at the end of the scope. */
export interface TestEngine extends AsyncDisposable {
  /** The blobs that were committed. */
  readonly held: ReadonlyMap<Digest, Uint8Array>;
  take(url: string, signal?: AbortSignal): Promise<CaptureOutcome>;
  open(outcome: CaptureOutcome): Promise<SnapshotReader>;
  /** The main document as it was stored. */
  html(outcome: CaptureOutcome): Promise<string>;
}

/** Starts no browser before the first capture; only the address of test servers may be reached. */
export function testEngine(
  limits: Partial<CaptureLimits> = {},
  browser = process.env.HOLDFAST_BROWSER,
): TestEngine {
  const held = new Map<Digest, Uint8Array>();
  const store = new MemoryBlobStore(held);
  const referrers = createMemoryReferrers();
  const readers = createSnapshotReaders({ store });
  const capture = createCapture({
    store,
    guard: createEgressGuard({ policy: { allow: [`${allowedAddress}/32`], never: [] } }),
    limits: { timeMs: 40_000, ...limits },
    ...(browser ? { browser } : {}),
    ...referrers,
    software: 'Holdfast/test',
  });
  const open = (outcome: CaptureOutcome) => {
    if (outcome.digest === null) throw new Error(`No snapshot: ${JSON.stringify(outcome.evidence)}`);
    return readers.open(outcome.digest);
  };
  return {
    held,
    take: (url, signal = new AbortController().signal) =>
      capture.capture({ url, signal, onProgress: () => {} }),
    open,
    async html(outcome) {
      const layer = (await open(outcome)).layers.find(({ role }) => role === 'html');
      return Buffer.from(held.get(layer!.descriptor.digest)!).toString('utf8');
    },
    [Symbol.asyncDispose]: () => capture.close(),
  };
}
