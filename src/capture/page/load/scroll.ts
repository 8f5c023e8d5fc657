/** What scrolling through a page found. */
export interface ScrollReport {
  readonly heightPx: number;
  /** True where the page kept growing until the cap. */
  readonly endless: boolean;
}

/**
 * Runs in the page: scrolls to its end and back, so that what loads when it is seen does load. It waits by the page's
 * own timers, which run fast under virtual time. `maxSteps` bounds a page that grows while it is scrolled.
 */
export async function scrollThrough(maxSteps: number): Promise<ScrollReport> {
  for (const picture of Array.from(document.querySelectorAll('[loading=lazy]')))
    picture.setAttribute('loading', 'eager');
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
    const step = Math.max(200, (pane === root ? innerHeight : pane.clientHeight) * 0.9);
    // A long page that does not grow is gone through in larger steps, not left half seen.
    const stride = Math.max(step, pane.scrollHeight / maxSteps);
    for (let y = stride; y < pane.scrollHeight + stride && steps < maxSteps; y += stride, steps++) {
      pane.scrollTop = y;
      await rest(30);
    }
    if (pane.scrollTop + pane.clientHeight < pane.scrollHeight - 2) pane.scrollTop = pane.scrollHeight;
    await rest(30);
  }
  const endless = steps >= maxSteps && root.scrollHeight > first * 1.5;
  for (const pane of [root, ...panes]) pane.scrollTop = 0;
  await rest(30);
  return { heightPx: root.scrollHeight, endless };
}
