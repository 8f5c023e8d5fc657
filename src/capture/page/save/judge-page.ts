import type { Evidence, Measures, Verdict } from '../../../links/index.ts';
import type { MissingResource, TimedExchange } from '../../snapshot/format.ts';
import { countResources, findMissing } from '../compose/missing.ts';
import { mediaTypeOf } from '../record/response-kind.ts';
import type { SerializedFrame } from '../serialize/frames.ts';
import type { PagePictures } from './page-pictures.ts';
import { isUniform } from './png-colours.ts';
import type { Saving } from './saving.ts';
import { judge } from './verdict.ts';

export interface JudgedPage {
  readonly verdict: Verdict;
  readonly evidence: readonly Evidence[];
  readonly missing: readonly MissingResource[];
  /** The status of the main document; null where there was no answer. */
  readonly status: number | null;
  readonly measures: Omit<Measures, 'durationMs'>;
}

/** Counts what came of a page and judges it; of a page without a word the `sample` decides whether it is blank. */
export function judgePage(
  saving: Saving,
  page: {
    frame: SerializedFrame;
    exchanges: readonly TimedExchange[];
    visibleText: string;
    pictures: PagePictures;
  },
): JudgedPage {
  const { visit, limits, url } = saving;
  const { recorder, settled } = visit;
  const { frame, exchanges, pictures } = page;
  const { sample } = pictures;
  const missing = findMissing(exchanges, settled.pending, frame.url);
  const resources = countResources(exchanges, settled.pending);
  const characters = page.visibleText.replace(/\s+/g, '').length;
  const main = mainDocument(recorder.exchanges, frame.url);
  const { verdict, evidence } = judge({
    status: main?.status,
    requestedUrl: url,
    finalUrl: frame.url,
    characters,
    uniform: sample !== undefined && !isPicture(main) && isUniform(sample),
    resources,
    missing: missing.length,
    pictured: pictures.screenshot !== undefined,
    attempt: saving.attempt,
    settled,
    timeCap: timeCapOf(saving),
    bytesCap: recorder.cappedAt,
    domCap: frame.truncated ? limits.nodes : undefined,
  });
  const sizeBytes = exchanges.reduce((sum, { body }) => sum + (body?.size ?? 0), 0);
  return {
    verdict,
    evidence,
    missing,
    status: main?.status ?? null,
    measures: { resources, missing: missing.length, sizeBytes, characters },
  };
}

/** The exchange that brought the document that was saved. */
function mainDocument(exchanges: readonly TimedExchange[], url: string): TimedExchange | undefined {
  return (
    exchanges.findLast((exchange) => exchange.type === 'document' && exchange.url === url.split('#')[0]) ??
    exchanges.findLast((exchange) => exchange.type === 'document' && !exchange.error)
  );
}

/** True where the link itself is a picture, of whatever colour. */
function isPicture(main: TimedExchange | undefined): boolean {
  return main !== undefined && mediaTypeOf(main.responseHeaders).startsWith('image/');
}

/** Where the time ran out: for the whole visit, or for a script that would not end. */
function timeCapOf({ visit, limits }: Saving): { stage: string; limitMs: number } | undefined {
  const { deadline, recorder, settled } = visit;
  const cut = recorder.documentCut && recorder.cappedAt === undefined ? 'loading' : undefined;
  const stage = deadline.reachedIn ?? cut ?? (settled.stuck ? 'settling' : undefined);
  return stage === undefined ? undefined : { stage, limitMs: limits.timeMs };
}
