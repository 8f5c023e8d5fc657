import { randomBytes } from 'node:crypto';
import type { OnProgress } from '../../kernel/index.ts';
import type { BlobBatch } from '../../store/index.ts';
import type { CaptureBrowser } from './browser/browser.ts';
import { evaluate } from './evaluate.ts';
import type { CaptureLimits } from './limits.ts';
import { documentShare, savingShare } from './limits.ts';
import { type Deadline, startDeadline } from './load/deadline.ts';
import { watchNavigation } from './load/navigation.ts';
import { type SettleReport, settle } from './load/settle.ts';
import { openPage, type PageSession } from './page-session.ts';
import { followRequests } from './record/in-flight.ts';
import { type Download, type Recorder, startRecorder } from './record/recorder.ts';
import { type Harvest, installHooks } from './serialize/dom/hooks.ts';
import { readHarvest } from './serialize/read-harvest.ts';

/** A request of which no byte came for this long may be ended where the page stands still for it. */
const stallMs = 4_000;

/** A page that was opened and has come to rest, as far as it does. */
export interface Visit {
  readonly page: PageSession;
  readonly recorder: Recorder;
  readonly deadline: Deadline;
  readonly settled: SettleReport;
  /** What scripts made that the DOM does not tell. */
  readonly harvest: Harvest;
  /** Why the browser has no document, if it has none. */
  readonly networkError: string | undefined;
  /** Set where the link is no page but a file. */
  readonly download: Download | undefined;
  /** True where the document was not even parsed when the time was over. */
  readonly unparsed: boolean;
}

export interface VisitOptions {
  readonly url: string;
  readonly startedAt: number;
  readonly batch: BlobBatch;
  readonly limits: CaptureLimits;
  /** True where a download that says that it is large is left to others. */
  readonly handOver: boolean;
  readonly onProgress: OnProgress;
}

/** Opens a link in a fresh browser and waits by the waiting rule, everything recorded on the way. */
export async function visit(browser: CaptureBrowser, options: VisitOptions): Promise<Visit> {
  const { url, startedAt, batch, limits, onProgress } = options;
  const step = (stage: string, done: number) => onProgress({ stage, done, total: 5, unit: 'steps' });
  const deadline = startDeadline(limits.timeMs * (1 - savingShare));
  step('opening', 0);
  const page = await openPage(browser);
  const navigation = watchNavigation(page);
  const secret = `hf${randomBytes(12).toString('hex')}`;
  const [inFlight, recorder] = await Promise.all([
    followRequests(page),
    startRecorder({
      // A browser that others use too tells only of our page what our page does.
      session: browser.contextId ? page : browser.connection.session(),
      batch,
      startedAt,
      foreignFrames: page.popups,
      maxBytes: limits.bytes,
      handOver: options.handOver,
      documentMs: limits.timeMs * documentShare,
      endResponses: (idleMs) => browser.proxy.endIdle(idleMs),
      isCutOff: () => browser.proxy.capped,
    }),
    page.send('Page.addScriptToEvaluateOnNewDocument', {
      source: `(${String(installHooks)})(${JSON.stringify(secret)})`,
    }),
  ]);
  recorder.mainFrame = page.frameId;

  step('loading', 1);
  const opening = navigation.open(url);
  const opened = await deadline.within(
    'loading',
    Promise.race([
      opening.then((error) => ({ error })),
      recorder.download.then((download) => ({ download })),
      page.ended.then(() => ({ error: undefined })),
      recorder.storeFault,
    ]),
  );
  // An aborted navigation is how a download looks from here; its bytes may still be on their way.
  const download =
    opened && 'download' in opened
      ? opened.download
      : opened?.error === 'net::ERR_ABORTED'
        ? await deadline.within('loading', recorder.download, 2_000)
        : undefined;
  await Promise.race([recorder.storeFault, undefined]);
  const networkError = download || !opened || !('error' in opened) ? undefined : opened.error;
  const rest = { page, recorder, deadline, networkError, download };
  if (download || networkError || page.crashes > 0)
    return {
      ...rest,
      settled: { scroll: undefined, pending: [], stuck: false },
      harvest: { fonts: '', blobs: [] },
      unparsed: true,
    };

  step('settling', 2);
  let harvest: Harvest = { fonts: '', blobs: [] };
  const settling = settle({
    page,
    navigation,
    inFlight,
    deadline,
    unblock: () => browser.proxy.endIdle(stallMs),
    stay: () => recorder.stay(),
    atRest: async () => {
      const kept = await evaluate<unknown>(page, `globalThis.${secret}?.()`).catch(() => undefined);
      if (kept !== undefined) harvest = readHarvest(kept);
    },
  });
  const settled = (await Promise.race([settling, page.ended, recorder.storeFault])) ?? {
    scroll: undefined,
    pending: inFlight.pending(),
    stuck: false,
  };
  await Promise.race([recorder.settled(300), recorder.storeFault]);
  recorder.stop();
  return { ...rest, settled, harvest, unparsed: navigation.documents <= 1 && !opened };
}
