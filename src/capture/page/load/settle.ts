import { evaluate, worldOf } from '../evaluate.ts';
import type { PageSession } from '../page-session.ts';
import type { InFlight, OpenRequest } from '../record/in-flight.ts';
import type { Deadline } from './deadline.ts';
import type { Navigation } from './navigation.ts';
import { createQuiet } from './quiet.ts';
import { type ScrollReport, scrollThrough } from './scroll.ts';
import { virtualTimeOf } from './virtual-time.ts';

/** Page time that timers get to run, in slices between which the network may catch up. */
const sliceMs = 1_000;
const slices = 4;
/** Our own time that one slice may cost on a page that never rests. */
const sliceWallMs = 1_500;
/** Real time that messages of a WebSocket or an EventSource get, since no request announces them. */
const streamDwellMs = 400;
/** How often a page may lead on to another document before it is taken as it is. */
const maxDocuments = 5;
const maxScrollSteps = 40;
/** The longest that the last step may take. */
const atRestMs = 3_000;
/** The longest that scrolling through one page may take. */
const scrollWallMs = 6_000;

export interface SettleReport {
  readonly scroll: ScrollReport | undefined;
  /** Requests that were still open at the end. */
  readonly pending: readonly OpenRequest[];
  /** True where the page was stuck in a script and had to be torn out of it. */
  readonly stuck: boolean;
}

export interface SettleOptions {
  readonly page: PageSession;
  readonly navigation: Navigation;
  readonly inFlight: InFlight;
  readonly deadline: Deadline;
  /** Ends requests that hold the page's parser up. */
  unblock(): void;
  /** Keeps the page at the document that it shows. */
  stay(): void;
  /** A last step in the page, while its clock still runs. */
  atRest(): Promise<void>;
}

/**
 * The waiting rule: the load event (or all that comes), quiet network, a scroll through the page, four seconds of its
 * timers in virtual time, quiet network again. A client redirect on the way starts it anew.
 */
export async function settle(rest: SettleOptions): Promise<SettleReport> {
  const { page, navigation, inFlight, deadline, unblock } = rest;
  const clock = virtualTimeOf(page);
  const quiet = createQuiet(inFlight, deadline);
  let scroll: ScrollReport | undefined;
  let stuck = false;
  const goOn = () => deadline.remainingMs() > 0 && page.crashes === 0 && !page.gone && !stuck;
  const catchUp = (begun: number) => inFlight.begun !== begun || inFlight.busy() > 0;

  for (let round = 1; goOn() && round <= maxDocuments; round++) {
    // A page that leads on for ever is taken at this document.
    if (round === maxDocuments) rest.stay();
    await clock.during(navigation.loaded(deadline, inFlight, unblock).then(() => quiet.wait()));
    const documents = navigation.documents;
    scroll = await clock.during(deadline.within('settling', scrollPage(page), scrollWallMs));
    await clock.during(quiet.wait());
    if (inFlight.streams) await clock.during(quiet.dwell(streamDwellMs));
    for (let slice = 1; slice <= slices && goOn() && navigation.documents === documents; slice++) {
      const begun = inFlight.begun;
      const inTime = await clock.run(sliceMs, sliceWallMs);
      if (!inTime && !(await answers(page, deadline))) stuck = true;
      // What came in needs page time too, to be shown.
      else if (catchUp(begun)) await clock.during(quiet.wait());
    }
    if (navigation.documents === documents && !navigation.leaving) break;
  }
  if (!stuck) await clock.during(deadline.within('settling', rest.atRest(), atRestMs));
  return { scroll, pending: inFlight.pending(), stuck };
}

async function scrollPage(page: PageSession): Promise<ScrollReport | undefined> {
  try {
    const world = await worldOf(page, page.frameId);
    return await evaluate<ScrollReport>(page, `(${String(scrollThrough)})(${maxScrollSteps})`, world);
  } catch {
    // The document may have gone away under the script.
    return undefined;
  }
}

/** How long a script may keep the page from answering before it counts as stuck. */
const stuckAfterMs = 6_000;

/** False where a script holds the page; it is then ended, so that the page can be saved as it is. */
async function answers(page: PageSession, deadline: Deadline): Promise<boolean> {
  const answered = await deadline.within(
    'settling',
    evaluate(page, '1').catch(() => 1),
    stuckAfterMs,
  );
  if (answered !== undefined) return true;
  await page.send('Runtime.terminateExecution').catch(() => {});
  return false;
}
