import { availableParallelism } from 'node:os';
import { noCredentials } from '../images/index.ts';
import type { BlobStore } from '../store/index.ts';
import { createLinkCapture } from './capture-link.ts';
import type { EgressGuard } from './egress/index.ts';
import { createFileCapture, type PdfDescriber } from './file/index.ts';
import { type ConnectOptions, connectTo } from './image/connect.ts';
import { createImageCapture } from './image/create-image-capture.ts';
import type { ImageCaptureOptions } from './image/types.ts';
import { createBrowserPool } from './page/browser/pool.ts';
import { capturePage } from './page/capture-page.ts';
import { drawPdf } from './page/draw-pdf.ts';
import { type CaptureLimits, defaultLimits } from './page/limits.ts';
import { printSnapshot } from './page/print-snapshot.ts';
import { createTextExtractor } from './page/text/index.ts';
import { createSlots } from './slots.ts';
import type { FindReferrer, RecordReferrer } from './snapshot/pdf.ts';
import type { Capture } from './types.ts';

/** Logins and mirrors of registries, and whose signatures of releases are trusted. */
export type RegistrySettings = Omit<ConnectOptions, 'transport'> &
  Pick<ImageCaptureOptions, 'trustedKeys' | 'signatureStores'>;

export interface CaptureOptions {
  readonly store: BlobStore;
  readonly guard: EgressGuard;
  /** A path or a CDP address; absent for the best browser that is installed. */
  readonly browser?: string;
  readonly limits?: Partial<CaptureLimits>;
  /** Where the PDFs of snapshots are remembered. */
  readonly findReferrer: FindReferrer;
  readonly recordReferrer: RecordReferrer;
  /** Called once, when a browser was started without its sandbox because that does not work here. */
  readonly onUnsandboxed?: () => void;
  /** How registries are asked for images. */
  readonly registries?: RegistrySettings;
  /** For the config of snapshots, for example `Holdfast/0.1.0`. */
  readonly software: string;
}

const noRegistries: RegistrySettings = { credentials: async () => noCredentials };

/** The engine that takes snapshots of links; browsers are started when the first one is asked for. */
export function createCapture(options: CaptureOptions): Capture {
  const { store, guard, software, registries = noRegistries } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const pool = createBrowserPool({
    guard,
    limits: { maxBytes: limits.bytes },
    ...(options.browser ? { browser: options.browser } : {}),
    ...(options.onUnsandboxed && { onUnsandboxed: options.onUnsandboxed }),
  });
  const text = createTextExtractor();
  const picturing = createSlots(availableParallelism(), Number.POSITIVE_INFINITY);
  const pdf: PdfDescriber = {
    places: createSlots(1, Number.POSITIVE_INFINITY),
    draw: (bytes, signal) => drawPdf(pool, bytes, signal),
  };
  return {
    capture: createLinkCapture({
      guard,
      images: createImageCapture({
        ...registries,
        store,
        software,
        connect: connectTo({ transport: guard.transport, ...registries }),
      }).capture,
      files: (transport) => createFileCapture({ transport, store, software, pdf }),
      page: (request, how) =>
        capturePage({ pool, store, guard, text, limits, picturing, pdf, software }, request, how),
    }),
    attachPdf: (snapshot, { earlier, signal }) =>
      printSnapshot({ ...options, pool }, snapshot, earlier, signal),
    async close() {
      await Promise.all([pool.close(), text.close()]);
    },
  };
}
