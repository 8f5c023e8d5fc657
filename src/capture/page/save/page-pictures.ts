import type { Digest } from '../../../kernel/index.ts';
import { startDeadline } from '../load/deadline.ts';
import type { Cut } from '../serialize/dom/types.ts';
import type { Saving } from './saving.ts';
import { takeCut, takeSample, takeScreenshot, takeThumbnail } from './screenshot.ts';

/** The most canvases that are cut out of the page. */
const maxCuts = 20;

export interface PagePictures {
  readonly screenshot?: Uint8Array;
  readonly thumbnail?: Uint8Array;
  /** Only of a page without a word, which may be blank. */
  readonly sample?: Uint8Array;
}

/** Pictures a page; what cannot be pictured in its share of the time is left out. */
export async function takePictures(saving: Saving, text: string): Promise<PagePictures> {
  // Each holds the whole page as pixels, and more at a time than there are processors brings nothing sooner.
  const leave = await saving.picturing.take();
  try {
    return await picture(saving, text);
  } finally {
    leave();
  }
}

async function picture({ visit, limits, startedAt }: Saving, text: string): Promise<PagePictures> {
  const { page } = visit;
  // A long page on a busy machine needs what the visit has left over.
  const leftMs = limits.timeMs - (Date.now() - startedAt);
  const deadline = startDeadline(Math.max(limits.timeMs / 5, leftMs * 0.6));
  const take = (work: Promise<Uint8Array>) => deadline.within('saving', work).catch(() => undefined);
  // The small picture first: the large one may be what takes the browser down.
  const thumbnail = await take(takeThumbnail(page));
  const screenshot = await take(takeScreenshot(page));
  const sample = text.trim() === '' ? await take(takeSample(page)) : undefined;
  return {
    ...(screenshot && { screenshot }),
    ...(thumbnail && { thumbnail }),
    ...(sample && { sample }),
  };
}

/** Cuts canvases that may not be read out of the page, into the batch; undefined where one cannot be had. */
export async function takeCuts(
  { visit, batch, limits }: Saving,
  cuts: readonly Cut[],
): Promise<(Digest | undefined)[]> {
  const deadline = startDeadline(limits.timeMs / 10);
  const digests: (Digest | undefined)[] = [];
  for (const cut of cuts.slice(0, maxCuts)) {
    const bytes = await deadline.within('saving', takeCut(visit.page, cut)).catch(() => undefined);
    digests.push(bytes && (await batch.put(bytes)).digest);
  }
  return digests;
}
