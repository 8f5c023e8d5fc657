import type { Digest } from '../../../kernel/index.ts';
import type { TimedExchange } from '../../snapshot/format.ts';
import type { LayerInput } from '../../snapshot/write-snapshot.ts';
import type { Resource } from '../compose/resources.ts';
import { mediaTypeOf } from '../record/response-kind.ts';
import type { Extracted } from '../text/index.ts';
import type { ComposedPage } from './compose-page.ts';
import type { PagePictures } from './page-pictures.ts';

/** What the layers of a page are made from. */
export interface LayersOf {
  readonly page: ComposedPage;
  readonly text: Extracted;
  readonly visibleText: string;
  readonly pictures: PagePictures;
  /** The media type of a picture by its bytes, for recorded bodies that are one. */
  readonly pictureTypes: ReadonlyMap<Digest, string>;
}

/** The parts of a snapshot of a page; recorded bodies become parts where the documents may show them. */
export function pageLayers({ page, text, visibleText, pictures, pictureTypes }: LayersOf): LayerInput[] {
  const { composed, exchanges, resources, icon } = page;
  const { screenshot, thumbnail } = pictures;
  const preview = text.previewImageUrl ? resources.find(text.previewImageUrl) : undefined;
  const written = (role: LayerInput['role'], mediaType: string, content: string): LayerInput[] =>
    content === '' && role === 'article' ? [] : [{ role, mediaType, bytes: Buffer.from(content) }];
  return [
    ...written('html', 'text/html', composed.html),
    ...[...composed.made.values()].map(({ mediaType, bytes }) => ({
      role: 'resource' as const,
      mediaType,
      bytes,
    })),
    ...written('text', 'text/plain', text.text),
    ...written('page-text', 'text/plain', visibleText),
    ...written('markdown', 'text/markdown', text.markdown),
    ...written('article', 'text/html', text.articleHtml ?? ''),
    ...(screenshot ? [{ role: 'screenshot' as const, mediaType: 'image/jpeg', bytes: screenshot }] : []),
    ...(thumbnail ? [{ role: 'thumbnail' as const, mediaType: 'image/jpeg', bytes: thumbnail }] : []),
    ...pictureLayer('icon', icon, pictureTypes),
    ...pictureLayer('preview', preview, pictureTypes),
    ...recordedPictures(exchanges, pictureTypes),
  ];
}

function recordedPictures(
  exchanges: readonly TimedExchange[],
  types: ReadonlyMap<Digest, string>,
): LayerInput[] {
  const sizes = new Map(exchanges.flatMap(({ body }) => (body ? [[body.digest, body.size] as const] : [])));
  return [...types].flatMap(([digest, mediaType]) => {
    const size = sizes.get(digest);
    return size === undefined ? [] : [{ role: 'resource' as const, mediaType, digest, size }];
  });
}

function pictureLayer(
  role: 'icon' | 'preview',
  found: Resource | undefined,
  types: ReadonlyMap<Digest, string>,
): LayerInput[] {
  if (!found) return [];
  const mediaType = types.get(found.digest) ?? mediaTypeOf(found.exchange.responseHeaders);
  return mediaType.startsWith('image/')
    ? [{ role, mediaType, digest: found.digest, size: found.sizeBytes }]
    : [];
}
