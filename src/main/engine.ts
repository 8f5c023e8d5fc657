import {
  createCapture,
  createCaptureHandler,
  createEgressGuard,
  createPdfHandler,
  pdfJobKind,
} from '../capture/index.ts';
import type { Config } from '../config/index.ts';
import type { JobHandler, Jobs } from '../jobs/index.ts';
import type { Logger } from '../kernel/index.ts';
import { captureJobKind, type Holds, type Links, type Referrers } from '../links/index.ts';
import type { BlobStore } from '../store/index.ts';
import { debuggingAddress } from './debugging-address.ts';
import { findCredentials } from './find-credentials.ts';
import { findReleaseKeys } from './find-release-keys.ts';
import { version } from './version.ts';

/** What does the jobs: the capture engine behind the egress guard. */
export interface Engine {
  readonly handlers: Readonly<Record<string, JobHandler>>;
  /** Ends the browsers. */
  close(): Promise<void>;
}

/** Makes the engine; no browser is started before the first capture. */
export function createEngine(deps: {
  config: Config;
  store: BlobStore;
  referrers: Referrers;
  links: Links;
  jobs: Jobs;
  holds: Holds;
  never: readonly string[];
  logger: Logger;
}): Engine {
  const { config, store, referrers, links, jobs, holds, never, logger } = deps;
  const policy = { allow: config.egressAllow, never: [...never, ...debuggingAddress(config.browser)] };
  const guard = createEgressGuard({ policy });
  const capture = createCapture({
    store,
    guard,
    limits: { timeMs: config.captureTimeout, bytes: config.captureMaxBytes },
    ...(config.browser !== null && { browser: config.browser }),
    findReferrer: referrers.find,
    recordReferrer: referrers.record,
    registries: {
      credentials: () => findCredentials(config),
      mirrors: config.registryMirrors,
      trustedKeys: () => findReleaseKeys(config),
      signatureStores: config.signatureStores,
    },
    software: `Holdfast/${version}`,
    onUnsandboxed: () =>
      logger.warn(
        {},
        'The capture browser runs without its sandbox, which this system does not let it have; allow unprivileged user namespaces to give it back',
      ),
  });
  return {
    handlers: {
      [captureJobKind]: held(holds, createCaptureHandler({ links, jobs, capture })),
      [pdfJobKind]: held(holds, createPdfHandler({ links, capture })),
    },
    close: () => capture.close(),
  };
}

/** A handler whose bytes are left alone until they are recorded, those of its earlier attempts too, however long that takes. */
function held(holds: Holds, handler: JobHandler): JobHandler {
  return (context) => {
    const { job, signal } = context;
    return holds.holdWhile(job.attempts > 1 ? { sinceMs: job.createdAt } : {}, async (lost) => {
      try {
        await handler({ ...context, signal: AbortSignal.any([signal, lost]) });
      } catch (error) {
        // Otherwise it would count as cancelled, and not be tried again.
        throw lost.aborted && !signal.aborted ? lost.reason : error;
      }
    });
  };
}
