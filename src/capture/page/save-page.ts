import type { Digest } from '../../kernel/index.ts';
import type { Measures } from '../../links/index.ts';
import type { BlobBatch } from '../../store/index.ts';
import { pageArtifactType, type TimedExchange } from '../snapshot/format.ts';
import { type LayerInput, writeSnapshot } from '../snapshot/write-snapshot.ts';
import type { CaptureOutcome } from '../types.ts';
import type { CaptureBrowser } from './browser/browser.ts';
import { viewport } from './browser/flags.ts';
import type { PageCaptureOptions } from './capture-page.ts';
import { composeDocument } from './compose/compose-document.ts';
import { countResources, findMissing } from './compose/missing.ts';
import { pictureType } from './compose/picture-type.ts';
import { indexResources, type Resources } from './compose/resources.ts';
import { fetchExtras } from './extras.ts';
import { startDeadline } from './load/deadline.ts';
import { isUniform } from './png-colours.ts';
import { preloadSheets } from './preload.ts';
import { mediaTypeOf } from './record/response-kind.ts';
import { takeCut, takeSample, takeScreenshot, takeThumbnail } from './screenshot.ts';
import { type SerializedFrame, serializeFrames } from './serialize/frames.ts';
import { judge } from './verdict.ts';
import type { Visit } from './visit.ts';

/** A visit on its way into the store. */
export interface Saving extends PageCaptureOptions {
  readonly visit: Visit;
  readonly browser: CaptureBrowser;
  readonly batch: BlobBatch;
  readonly startedAt: number;
  readonly url: string;
}

/** Makes every format of a page that has come to rest and writes the snapshot. */
export async function savePage(saving: Saving, onWriting: () => void): Promise<CaptureOutcome> {
  const { visit, batch, limits, startedAt, browser } = saving;
  const { page, recorder } = visit;
  const deadline = startDeadline(Math.max(1_000, limits.timeMs - (Date.now() - startedAt) - 500));
  const frame = await serializeAtLast(saving);
  const cuts: (Digest | undefined)[] = [];
  for (const cut of frame.cuts.slice(0, 20)) cuts.push((await batch.put(await takeCut(page, cut))).digest);
  const visible = visibleTextOf(frame);
  const pictures = pictureOf(saving, visible);
  const blobs = await keepBlobs(saving);
  const { fonts } = visit.harvest;
  const withFonts = fonts
    ? { ...frame, parts: [...frame.parts, '<style>', ['css', fonts, frame.url] as const, '</style>'] }
    : frame;

  const first = indexResources(recorder.exchanges, visit.settled.pending);
  let composed = composeDocument({
    frame: withFonts,
    resources: first,
    blobs: blobs.digests,
    cuts,
    sheetText: await preloadSheets(recorder.exchanges, first, batch),
  });
  const icon = iconOf(frame, first);
  const named = [icon, frame.previews.find((url) => /^https?:/i.test(url))];
  const extraUrls = [
    ...named.filter((url) => url && !first.wasRequested(url)),
    ...composed.wanted,
  ] as string[];
  const extras = await fetchExtras(extraUrls, {
    ...saving,
    deadline,
    referrer: frame.url,
    userAgent: browser.userAgent,
  });
  const exchanges = inStableOrder([
    ...recorder.exchanges,
    ...extras.filter((extra) => extra.type !== 'extra'),
  ]);
  const resources = indexResources([...exchanges, ...extras], visit.settled.pending);
  if (composed.wanted.size > 0) {
    composed = composeDocument({
      frame: withFonts,
      resources,
      blobs: blobs.digests,
      cuts,
      sheetText: await preloadSheets(exchanges, resources, batch),
    });
  }
  const extracting = saving.text.extract(
    {
      html: composed.plain,
      url: frame.url,
      visibleText: visible,
      jsonLd: frame.jsonLd,
      references: composed.references,
    },
    AbortSignal.timeout(15_000),
  );
  const { screenshot, thumbnail, sample } = await pictures;
  void browser.close();
  saving.pool.prepare();

  onWriting();
  const missing = findMissing(exchanges, visit.settled.pending, frame.url);
  const characters = visible.replace(/\s+/g, '').length;
  const main =
    recorder.exchanges.findLast((e) => e.type === 'document' && e.url === frame.url.split('#')[0]) ??
    recorder.exchanges.findLast((e) => e.type === 'document' && !e.error);
  const { verdict, evidence } = judge({
    status: main?.status,
    requestedUrl: saving.url,
    finalUrl: frame.url,
    characters,
    uniform: sample !== undefined && !isPicture(main) && isUniform(sample),
    resources: countResources(exchanges, visit.settled.pending),
    missing: missing.length,
    settled: visit.settled,
    timeCap: timeCapOf(saving),
    bytesCap: recorder.capped ? limits.bytes : undefined,
    domCap: frame.truncated ? limits.nodes : undefined,
  });
  const text = await extracting;
  const iconBlob = icon ? resources.find(icon) : undefined;
  const preview = text.previewImageUrl ? resources.find(text.previewImageUrl) : undefined;
  const measures: Measures = {
    resources: countResources(exchanges, visit.settled.pending),
    missing: missing.length,
    sizeBytes: exchanges.reduce((sum, exchange) => sum + (exchange.body?.size ?? 0), 0),
    characters,
    durationMs: Date.now() - startedAt,
  };
  const about = {
    kind: 'page' as const,
    verdict,
    evidence,
    finalUrl: frame.url,
    title: frame.title.trim() || text.title,
    description: text.description,
    author: text.author,
    publishedAt: text.publishedAt,
    language: text.language || frame.language,
    siteName: text.siteName,
    measures,
  };
  const layers: LayerInput[] = [
    { role: 'html', mediaType: 'text/html', bytes: Buffer.from(composed.html) },
    ...[...composed.made.values()].map((made) => ({
      role: 'resource' as const,
      mediaType: made.mediaType,
      bytes: made.bytes,
    })),
    { role: 'text', mediaType: 'text/plain', bytes: Buffer.from(text.text) },
    { role: 'page-text', mediaType: 'text/plain', bytes: Buffer.from(visible) },
    { role: 'markdown', mediaType: 'text/markdown', bytes: Buffer.from(text.markdown) },
    ...(text.articleHtml
      ? [{ role: 'article' as const, mediaType: 'text/html', bytes: Buffer.from(text.articleHtml) }]
      : []),
    ...(screenshot ? [{ role: 'screenshot' as const, mediaType: 'image/jpeg', bytes: screenshot }] : []),
    ...(thumbnail ? [{ role: 'thumbnail' as const, mediaType: 'image/jpeg', bytes: thumbnail }] : []),
    ...pictureLayer('icon', iconBlob, recorder.pictureTypes),
    ...pictureLayer('preview', preview, recorder.pictureTypes),
    ...[...recorder.pictureTypes]
      .map(([digest, mediaType]) => resourceLayer(exchanges, digest, mediaType))
      .filter((layer) => layer !== undefined),
  ];
  layers.push(...blobs.layers);
  for (const digest of cuts)
    if (digest) layers.push({ role: 'resource', mediaType: 'image/png', bytes: await batch.bytes(digest) });
  const written = await writeSnapshot(batch, {
    artifactType: pageArtifactType,
    config: {
      ...about,
      url: saving.url,
      takenAt: new Date(startedAt).toISOString(),
      status: main?.status ?? null,
      missing,
      viewport,
      software: `${saving.software} ${browser.product}`,
    },
    layers,
    exchanges,
  });
  await batch.commit();
  return {
    ...about,
    measures: { ...measures, sizeBytes: written.sizeBytes },
    digest: written.digest,
    takenAt: startedAt,
    formats: screenshot ? ['html', 'png', 'text', 'md', 'wacz'] : ['html', 'text', 'md', 'wacz'],
    searchText: visible,
  };
}

/** True where the link itself is a picture, of whatever colour. */
function isPicture(main: TimedExchange | undefined): boolean {
  return main !== undefined && mediaTypeOf(main.responseHeaders).startsWith('image/');
}

/** Where the time ran out: for the whole visit, or for a script that would not end. */
function timeCapOf({ visit, limits }: Saving): { stage: string; limitMs: number } | undefined {
  const stage =
    visit.deadline.reachedIn ??
    (visit.recorder.documentCut && !visit.recorder.capped
      ? 'loading'
      : visit.settled.stuck
        ? 'settling'
        : undefined);
  return stage === undefined ? undefined : { stage, limitMs: limits.timeMs };
}

/** Puts what stood behind `blob:` URLs into the batch. */
async function keepBlobs({
  visit,
  batch,
}: Saving): Promise<{ digests: Map<string, Digest>; layers: LayerInput[] }> {
  const digests = new Map<string, Digest>();
  const layers: LayerInput[] = [];
  for (const [url, declared, base64] of visit.harvest.blobs) {
    const bytes = Buffer.from(base64, 'base64');
    const mediaType =
      pictureType(bytes) ??
      (/^(image|font)\/[\w.+-]+$/.test(declared) ? declared : 'application/octet-stream');
    const { digest, sizeBytes } = await batch.put(bytes);
    digests.set(url, digest);
    layers.push({ role: 'resource', mediaType, digest, size: sizeBytes });
  }
  return { digests, layers };
}

/** True where one of the page's documents has the word in its markup. */
async function mentions({ visit, batch }: Saving, word: string): Promise<boolean> {
  for (const { type, body } of visit.recorder.exchanges) {
    if (type !== 'document' || !body || body.size > 8_000_000) continue;
    if (Buffer.from(await batch.bytes(body.digest)).includes(word)) return true;
  }
  return false;
}

/** Serializes; a page that is stuck in a script is torn out of it first. */
async function serializeAtLast(saving: Saving): Promise<SerializedFrame> {
  const { visit, batch, limits } = saving;
  const resources = indexResources(visit.recorder.exchanges);
  const context = {
    textOf: async (url: string) => {
      const found = resources.find(url);
      return found && found.sizeBytes < 8_000_000
        ? Buffer.from(await batch.bytes(found.digest)).toString('utf8')
        : undefined;
    },
    limits: {
      maxNodes: limits.nodes,
      maxLength: limits.characters,
      blobs: visit.harvest.blobs.map(([url]) => url),
    },
    findClosedRoots: await mentions(saving, 'shadowrootmode'),
  };
  const serialized = serializeFrames(visit.page, context);
  const stuck = setTimeout(() => {
    visit.page.send('Runtime.terminateExecution').catch(() => {});
  }, limits.timeMs / 12);
  try {
    return await serialized.catch(() => serializeFrames(visit.page, context));
  } finally {
    clearTimeout(stuck);
  }
}

async function pictureOf(
  saving: Saving,
  text: string,
): Promise<{ screenshot?: Uint8Array; thumbnail?: Uint8Array; sample?: Uint8Array }> {
  const { visit, limits } = saving;
  const deadline = startDeadline(limits.timeMs / 5);
  // The small picture first: the large one may be what takes the browser down.
  const thumbnail = await deadline.within('saving', takeThumbnail(visit.page)).catch(() => undefined);
  const screenshot = await deadline.within('saving', takeScreenshot(visit.page)).catch(() => undefined);
  // Only a page without a word may be blank.
  const sample =
    text.trim() === ''
      ? await deadline.within('saving', takeSample(visit.page)).catch(() => undefined)
      : undefined;
  return {
    ...(screenshot ? { screenshot } : {}),
    ...(thumbnail ? { thumbnail } : {}),
    ...(sample ? { sample } : {}),
  };
}

function iconOf(frame: SerializedFrame, resources: Resources): string | undefined {
  const named = frame.icons.filter((url) => /^https?:/i.test(url));
  return (
    named.find((url) => resources.find(url)) ??
    named[0] ??
    (/^https?:/i.test(frame.url) ? new URL('/favicon.ico', frame.url).href : undefined)
  );
}

/** The visible text of a document and of the documents in its frames. */
function visibleTextOf(frame: SerializedFrame): string {
  return [frame.text, ...[...frame.frames.values()].map(visibleTextOf)].filter(Boolean).join('\n');
}

/** Sorted by URL, so that the record of an unchanged page is the same each time; `atMs` keeps the order in time. */
function inStableOrder(exchanges: readonly TimedExchange[]): TimedExchange[] {
  return [...exchanges].sort((a, b) => (a.url < b.url ? -1 : a.url > b.url ? 1 : a.atMs - b.atMs));
}

function resourceLayer(
  exchanges: readonly TimedExchange[],
  digest: Digest,
  mediaType: string,
): LayerInput | undefined {
  const size = exchanges.find((exchange) => exchange.body?.digest === digest)?.body?.size;
  return size === undefined ? undefined : { role: 'resource', mediaType, digest, size };
}

function pictureLayer(
  role: 'icon' | 'preview',
  found: ReturnType<Resources['find']>,
  types: ReadonlyMap<Digest, string>,
): LayerInput[] {
  if (!found) return [];
  const mediaType = types.get(found.digest) ?? mediaTypeOf(found.exchange.responseHeaders);
  return mediaType.startsWith('image/')
    ? [{ role, mediaType, digest: found.digest, size: found.sizeBytes }]
    : [];
}
