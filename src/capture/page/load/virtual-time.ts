import type { CdpSession } from '../cdp/connection.ts';

/** Lets a page's timers run through some of its time as fast as they can (CDP Emulation.setVirtualTimePolicy). */
export interface VirtualTime {
  /** Runs `budgetMs` of page time, at most `wallMs` of ours, then holds the page's clock. */
  run(budgetMs: number, wallMs: number): Promise<void>;
}

/** Takes over a page's clock; it cannot be given back. */
export function takeVirtualTime(page: CdpSession): VirtualTime {
  let expired: () => void = () => {};
  page.on('Emulation.virtualTimeBudgetExpired', () => expired());
  return {
    async run(budgetMs, wallMs) {
      let timer: NodeJS.Timeout | undefined;
      const over = new Promise<void>((resolve) => {
        expired = resolve;
        timer = setTimeout(resolve, wallMs);
      });
      await page.send('Emulation.setVirtualTimePolicy', { policy: 'advance', budget: budgetMs });
      await over;
      clearTimeout(timer);
    },
  };
}
