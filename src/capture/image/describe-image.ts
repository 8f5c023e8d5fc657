import { formatReference, type ImageReference } from '../../images/index.ts';
import type { Evidence } from '../../links/index.ts';
import type { ImageFacts } from './image-facts.ts';

const maxDescription = 1_000;
const maxSearchText = 100_000;

/** How a person would name the image: `repository:tag`, or `repository@digest` without a tag. */
export function titleOf({ repository, tag, digest }: ImageReference): string {
  return tag === undefined ? `${repository}@${digest}` : `${repository}:${tag}`;
}

/** What an image's labels say that it is (image-spec `annotations.md`, and the older `summary` and `description`). */
export function describeImage(labels: ImageFacts['labels']): string {
  const title = labels['org.opencontainers.image.title'] ?? labels.summary;
  const text = labels['org.opencontainers.image.description'] ?? labels.description;
  const parts = new Set([title, text].filter((part) => part !== undefined && part.trim() !== ''));
  return [...parts].join(': ').slice(0, maxDescription);
}

/** The words that an image is found by. */
export function searchTextOf(
  reference: ImageReference,
  { platforms, labels }: Pick<ImageFacts, 'platforms' | 'labels'>,
  more: readonly string[] = [],
): string {
  const lines = Object.entries(labels).map(([name, value]) => `${name} ${value}`);
  return [formatReference(reference), reference.tag ?? '', ...platforms, ...more, ...lines]
    .join('\n')
    .slice(0, maxSearchText);
}

/** What makes the snapshot of an image a good one. */
export function copiedEvidence({ manifests, blobs, platforms }: ImageFacts): Evidence {
  const details = { manifests, blobs, platforms: platforms.join(', ').slice(0, 500) || '-' };
  return { code: 'imageCopied', details };
}
