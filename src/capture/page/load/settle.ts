import { setTimeout as sleep } from 'node:timers/promises';
import { evaluate, worldOf } from '../evaluate.ts';
import type { PageSession } from '../page-session.ts';
import type { InFlight } from '../record/in-flight.ts';
import type { Deadline } from './deadline.ts';
import type { Navigation } from './navigation.ts';
import { type ScrollReport, scrollThrough } from './scroll.ts';
import { takeVirtualTime } from './virtual-time.ts';

/** Page time that timers get to run, in slices between which the network may catch up. */
const sliceMs = 1_000;
const slices = 4;
/** Our own time that one slice may cost on a page that never rests. */
const sliceWallMs = 1_500;
/** The network counts as quiet when nothing began or ended for this long. */
const quietMs = 60;
/** The longest wait for quiet at one place. */
const quietCapMs = 5_000;
/** Real time that messages of a WebSocket or an EventSource get, since no request announces them. */
const streamDwellMs = 400;
/** How often a page may lead on to another document before it is taken as it is. */
const maxDocuments = 6;
const maxScrollSteps = 40;

export interface SettleReport {
  readonly scroll: ScrollReport | undefined;
  /** Requests that were still open at the end. */
  readonly pending: readonly string[];
}

/**
 * The waiting rule: the load event (or all that comes), quiet network, a scroll through the page and four seconds of
 * its timers in virtual time, quiet network again. A client redirect on the way starts it anew.
 */
export async function settle(
  page: PageSession,
  navigation: Navigation,
  inFlight: InFlight,
  deadline: Deadline,
): Promise<SettleReport> {
  let scroll: ScrollReport | undefined;
  const clock = takeVirtualTime(page);
  for (let round = 0; round < maxDocuments; round++) {
    await navigation.loaded(deadline, inFlight);
    await quiet(inFlight, deadline);
    if (!navigation.complete && deadline.remainingMs() > 0 && round === 0) await sleep(quietMs);
    const documents = navigation.documents;
    let begun = inFlight.begun;
    for (let slice = 0; slice < slices && deadline.remainingMs() > 0; slice++) {
      // Begun before the clock runs, since it waits by the page's own timers.
      const scrolling = slice === 0 ? await beginScroll(page) : undefined;
      await clock.run(sliceMs, sliceWallMs);
      if (scrolling) scroll = await deadline.within('settling', scrolling.report, 300).catch(() => undefined);
      if (navigation.documents !== documents) break;
      // The last slice's answers need page time too, to be shown.
      if (inFlight.begun !== begun || inFlight.busy() > 0) {
        await quiet(inFlight, deadline);
        if (slice === slices - 1) await clock.run(sliceMs / 4, sliceWallMs);
      }
      begun = inFlight.begun;
    }
    if (inFlight.streams && deadline.remainingMs() > 0) {
      await sleep(streamDwellMs);
      await clock.run(sliceMs / 4, sliceWallMs);
    }
    if (navigation.documents === documents || page.crashes > 0 || page.gone || deadline.remainingMs() <= 0)
      break;
  }
  return { scroll, pending: inFlight.pending() };
}

async function beginScroll(page: PageSession): Promise<{ report: Promise<ScrollReport> } | undefined> {
  const world = await worldOf(page, page.frameId).catch(() => undefined);
  if (world === undefined) return undefined;
  const report = evaluate<ScrollReport>(page, `(${String(scrollThrough)})(${maxScrollSteps})`, world);
  report.catch(() => {});
  // In an object, so that awaiting the start does not await the end.
  return { report };
}

async function quiet(inFlight: InFlight, deadline: Deadline): Promise<void> {
  const end = performance.now() + Math.min(quietCapMs, deadline.remainingMs());
  while (performance.now() < end) {
    if (inFlight.busy() === 0 && inFlight.quietMs() >= quietMs) return;
    await sleep(inFlight.busy() === 0 ? Math.max(5, quietMs - inFlight.quietMs()) : 15);
  }
}
