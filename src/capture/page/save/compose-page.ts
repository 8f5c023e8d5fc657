import type { Digest } from '../../../kernel/index.ts';
import type { TimedExchange } from '../../snapshot/format.ts';
import { type Composed, composeDocument } from '../compose/compose-document.ts';
import { indexResources, type Resource, type Resources } from '../compose/resources.ts';
import { startDeadline } from '../load/deadline.ts';
import type { SerializedFrame } from '../serialize/frames.ts';
import { fetchExtras } from './extras.ts';
import { preloadSheets } from './preload.ts';
import type { Saving } from './saving.ts';

/** A page whose references lead to blobs, and everything that was asked for on the way. */
export interface ComposedPage {
  readonly composed: Composed;
  /** In an order that is the same each time for an unchanged page. */
  readonly exchanges: readonly TimedExchange[];
  readonly resources: Resources;
  readonly icon: Resource | undefined;
}

/** Composes a page; fetches what it names and the browser never asked for, then composes it again. */
export async function composePage(
  saving: Saving,
  frame: SerializedFrame,
  taken: { blobs: ReadonlyMap<string, Digest>; cuts: readonly (Digest | undefined)[] },
): Promise<ComposedPage> {
  const { visit, batch, limits, startedAt, browser } = saving;
  const { pending } = visit.settled;
  const deadline = startDeadline(Math.max(1_000, limits.timeMs - (Date.now() - startedAt) - 500));
  const { fonts } = visit.harvest;
  const withFonts = fonts
    ? { ...frame, parts: [...frame.parts, '<style>', ['css', fonts, frame.url] as const, '</style>'] }
    : frame;
  const compose = async (resources: Resources, exchanges: readonly TimedExchange[]) =>
    composeDocument({
      frame: withFonts,
      resources,
      ...taken,
      sheetText: await preloadSheets(exchanges, resources, batch),
    });

  const first = indexResources(visit.recorder.exchanges, pending);
  const composed = await compose(first, visit.recorder.exchanges);
  const icon = iconOf(frame, first);
  const named = [icon, frame.previews.find(isWeb)].filter((url) => url !== undefined);
  const wanted = [...named.filter((url) => !first.wasRequested(url)), ...composed.wanted];
  const extras = await fetchExtras(wanted, {
    ...saving,
    deadline,
    referrer: frame.url,
    userAgent: browser.userAgent,
  });
  const exchanges = [
    ...visit.recorder.exchanges,
    ...extras.filter((extra) => extra.type !== 'extra'),
  ].toSorted(byUrl);
  const resources = indexResources([...exchanges, ...extras], pending);
  return {
    composed: composed.wanted.size > 0 ? await compose(resources, exchanges) : composed,
    exchanges,
    resources,
    icon: icon === undefined ? undefined : resources.find(icon),
  };
}

function iconOf(frame: SerializedFrame, resources: Resources): string | undefined {
  const named = frame.icons.filter(isWeb);
  return (
    named.find((url) => resources.find(url)) ??
    named[0] ??
    (isWeb(frame.url) ? new URL('/favicon.ico', frame.url).href : undefined)
  );
}

function isWeb(url: string): boolean {
  return /^https?:/i.test(url);
}

/** By URL, so that the record of an unchanged page is the same each time; `atMs` keeps the order in time. */
function byUrl(a: TimedExchange, b: TimedExchange): number {
  return a.url < b.url ? -1 : a.url > b.url ? 1 : a.atMs - b.atMs;
}
