import { pageArtifactType } from '../../snapshot/format.ts';
import { type LayerInput, writeSnapshot } from '../../snapshot/write-snapshot.ts';
import type { CaptureOutcome } from '../../types.ts';
import { viewport } from '../browser/flags.ts';
import { keepBlobUrls } from './blob-urls.ts';
import { composePage } from './compose-page.ts';
import { judgePage } from './judge-page.ts';
import { pageLayers } from './page-layers.ts';
import { takeCuts, takePictures } from './page-pictures.ts';
import type { Saving } from './saving.ts';
import { serializePage, visibleTextOf } from './serialize-page.ts';

/** The longest that finding the text of a page may take. */
const extractMs = 15_000;

/** Makes every format of a page that has come to rest and writes the snapshot. */
export async function savePage(saving: Saving, onWriting: () => void): Promise<CaptureOutcome> {
  const { visit, batch, startedAt, browser } = saving;
  const { recorder } = visit;
  const frame = await serializePage(saving);
  const cuts = await takeCuts(saving, frame.cuts);
  const visibleText = visibleTextOf(frame);
  const taking = takePictures(saving, visibleText);
  const blobs = await keepBlobUrls(saving);
  const page = await composePage(saving, frame, { blobs: blobs.digests, cuts });
  const extracting = saving.text.extract(
    {
      html: page.composed.plain,
      url: frame.url,
      visibleText,
      jsonLd: frame.jsonLd,
      references: page.composed.references,
    },
    AbortSignal.timeout(extractMs),
  );
  const pictures = await taking;
  void browser.close();
  saving.pool.prepare();

  onWriting();
  const { exchanges } = page;
  const judged = judgePage(saving, { frame, exchanges, visibleText, pictures });
  const text = await extracting;
  const about = {
    kind: 'page' as const,
    verdict: judged.verdict,
    evidence: judged.evidence,
    finalUrl: frame.url,
    title: frame.title.trim() || text.title,
    description: text.description,
    author: text.author,
    publishedAt: text.publishedAt,
    language: text.language || frame.language,
    siteName: text.siteName,
    measures: { ...judged.measures, durationMs: Date.now() - startedAt },
  };
  const layers: LayerInput[] = [
    ...pageLayers({ page, text, visibleText, pictures, pictureTypes: recorder.pictureTypes }),
    ...blobs.layers,
  ];
  for (const digest of cuts)
    if (digest) layers.push({ role: 'resource', mediaType: 'image/png', bytes: await batch.bytes(digest) });
  const written = await writeSnapshot(batch, {
    artifactType: pageArtifactType,
    config: {
      ...about,
      url: saving.url,
      takenAt: new Date(startedAt).toISOString(),
      status: judged.status,
      missing: judged.missing,
      viewport,
      software: `${saving.software} ${browser.product}`,
    },
    layers,
    exchanges,
  });
  await batch.commit();
  return {
    ...about,
    measures: { ...about.measures, sizeBytes: written.sizeBytes },
    digest: written.digest,
    takenAt: startedAt,
    formats: pictures.screenshot ? ['html', 'png', 'text', 'md', 'wacz'] : ['html', 'text', 'md', 'wacz'],
    searchText: visibleText,
  };
}
