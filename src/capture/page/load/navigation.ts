import { setTimeout as sleep } from 'node:timers/promises';
import type { PageSession } from '../page-session.ts';
import type { InFlight } from '../record/in-flight.ts';
import type { Deadline } from './deadline.ts';

/** Follows the main frame through its navigations. */
export interface Navigation {
  /** Begins to load; gives the network error where the browser got no document. */
  open(url: string): Promise<string | undefined>;
  /** Waits until the document that is there now has loaded, or as much of it as comes; `unblock` ends requests that hold its parser up. */
  loaded(deadline: Deadline, inFlight: InFlight, unblock: () => void): Promise<void>;
  /** How many documents the main frame has begun. */
  readonly documents: number;
  /** True while the page is on its way to another document. */
  readonly leaving: boolean;
}

/** How long a document may take to its load event once it is parsed and only stale requests are open. */
const parsedGraceMs = 1_000;
/** How long the parser may stand still before what it waits for is given up. */
const blockedMs = 5_000;
const pollMs = 20;

/** Watches a page's main frame from here on. */
export function watchNavigation(page: PageSession): Navigation {
  let documents = 0;
  let parsedAt: number | undefined;
  let complete = false;
  let moving = false;
  page.on<{ frameId: string; name: string }>('Page.lifecycleEvent', ({ frameId, name }) => {
    if (frameId !== page.frameId) return;
    if (name === 'init') {
      documents++;
      parsedAt = undefined;
      complete = false;
      moving = false;
    } else if (name === 'DOMContentLoaded') parsedAt = performance.now();
    else if (name === 'load') complete = true;
  });
  page.on<{ frameId: string; disposition?: string }>(
    'Page.frameRequestedNavigation',
    ({ frameId, disposition }) => {
      if (frameId === page.frameId && (disposition ?? 'currentTab') === 'currentTab') moving = true;
    },
  );
  page.on<{ frameId: string }>('Page.frameStoppedLoading', ({ frameId }) => {
    if (frameId === page.frameId) moving = false;
  });

  return {
    get documents() {
      return documents;
    },
    get leaving() {
      return moving;
    },
    async open(url) {
      const { errorText } = await page.send<{ errorText?: string }>('Page.navigate', { url });
      return errorText;
    },
    async loaded(deadline, inFlight, unblock) {
      const start = performance.now();
      let unblocked = false;
      while (deadline.remainingMs() > 0 && page.crashes === 0 && !page.gone) {
        if (complete && !moving) return;
        // An image that hangs holds the load event back for ever.
        const parsedFor = parsedAt === undefined ? 0 : performance.now() - parsedAt;
        if (parsedFor > parsedGraceMs && inFlight.busy() === 0 && inFlight.quietMs() > 500) return;
        // A blocking script that never comes holds back everything behind it.
        const waitedMs = performance.now() - start;
        const blocked =
          documents > 0 && parsedAt === undefined && Math.min(waitedMs, inFlight.quietMs()) > blockedMs;
        if (blocked && !unblocked) unblock();
        unblocked ||= blocked;
        await sleep(pollMs);
      }
    },
  };
}
