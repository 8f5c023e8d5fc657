import { setTimeout as sleep } from 'node:timers/promises';
import type { CdpSession } from '../cdp/connection.ts';

/** Lets a page's timers run through some of its time as fast as they can (CDP Emulation.setVirtualTimePolicy). */
export interface VirtualTime {
  /** True once the page's clock was taken over; it cannot be given back. */
  readonly taken: boolean;
  /** Runs `budgetMs` of page time, at most `wallMs` of ours, then holds the page's clock; false where our time ran out first. */
  run(budgetMs: number, wallMs: number): Promise<boolean>;
  /** Lets the page's clock run until `work` has ended; does nothing while the clock was not taken over. */
  during<R>(work: Promise<R>): Promise<R>;
}

/** While something is waited for, page time goes by in steps with real pauses between: a page that polls may not flood its site. */
const stepMs = 200;
const stepWallMs = 500;
const pauseMs = 120;

/** The clock of a page. */
export function virtualTimeOf(page: CdpSession): VirtualTime {
  let taken = false;
  let expired: () => void = () => {};
  page.on('Emulation.virtualTimeBudgetExpired', () => expired());
  const policy = (params: { policy: string; budget?: number }) =>
    page.send('Emulation.setVirtualTimePolicy', params).catch(() => {});
  const clock: VirtualTime = {
    get taken() {
      return taken;
    },
    async run(budgetMs, wallMs) {
      taken = true;
      let timer: NodeJS.Timeout | undefined;
      const over = new Promise<boolean>((resolve) => {
        expired = () => resolve(true);
        timer = setTimeout(() => resolve(false), wallMs);
      });
      // Not awaited: a page that is stuck in a script does not answer.
      void policy({ policy: 'advance', budget: budgetMs });
      const inTime = await over;
      clearTimeout(timer);
      if (!inTime) void policy({ policy: 'pause' });
      return inTime;
    },
    async during(work) {
      if (!taken) return work;
      let ended = false;
      const end = work
        .then(
          () => {},
          () => {},
        )
        .then(() => {
          ended = true;
        });
      while (!ended) {
        await clock.run(stepMs, stepWallMs);
        await Promise.race([end, sleep(pauseMs, undefined, { ref: false })]);
      }
      return work;
    },
  };
  return clock;
}
