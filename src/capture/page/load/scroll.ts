/** What scrolling through a page found. */
export interface ScrollReport {
  readonly heightPx: number;
  /** True where the page kept growing until the cap. */
  readonly endless: boolean;
}

/**
 * Runs in the page: scrolls to its end and back, a frame at each place, so that what loads when it is seen does load.
 * `maxSteps` bounds a page that grows while it is scrolled.
 */
export async function scrollThrough(maxSteps: number): Promise<ScrollReport> {
  for (const late of Array.from(document.querySelectorAll('[loading=lazy]')))
    late.setAttribute('loading', 'eager');
  // A page in the background of a busy machine gets no frames; then time has to do.
  const frame = () =>
    new Promise((resolve) => {
      requestAnimationFrame(() => setTimeout(resolve, 0));
      setTimeout(resolve, 100);
    });
  const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const root = document.scrollingElement ?? document.documentElement;
  const panes = Array.from(document.querySelectorAll('main, [role=main], div, section, article')).filter(
    (element) =>
      element.clientHeight > innerHeight / 2 &&
      element.scrollHeight > element.clientHeight * 1.2 &&
      /auto|scroll|overlay/.test(getComputedStyle(element).overflowY),
  );
  const first = root.scrollHeight;
  let steps = 0;
  for (const pane of [root, ...panes.slice(0, 3)]) {
    const seen = pane === root ? innerHeight : pane.clientHeight;
    // A long page that does not grow is gone through in larger steps, not left half seen.
    const stride = Math.max(200, seen * 0.9, pane.scrollHeight / maxSteps);
    for (
      let y = stride;
      pane.scrollTop + seen < pane.scrollHeight - 1 && steps < maxSteps;
      y += stride, steps++
    ) {
      pane.scrollTo({ top: y, behavior: 'instant' });
      await frame();
    }
    if (steps > 0) await rest(100);
  }
  const endless = steps >= maxSteps && root.scrollHeight > first * 1.5;
  for (const pane of [root, ...panes]) pane.scrollTo({ top: 0, behavior: 'instant' });
  if (steps > 0) await frame();
  return { heightPx: root.scrollHeight, endless };
}
