import { parseReference } from '../../images/index.ts';
import type { Digest } from '../../kernel/index.ts';
import type { BlobStore } from '../../store/index.ts';
import type { SnapshotConfig } from '../snapshot/format.ts';
import { openImageSnapshot } from '../snapshot/image-index.ts';
import type { ImageRoot } from '../snapshot/image-root.ts';
import { searchTextOf } from './describe-image.ts';
import { imageFacts } from './image-facts.ts';

/** What a release is found by besides: its version, and the image tags that name its components. */
export function releaseWords(
  release: SnapshotConfig['release'],
  roots: readonly ImageRoot[],
): readonly string[] {
  if (!release) return [];
  return [`OpenShift ${release.version}`, ...roots.flatMap(({ imageTag }) => imageTag ?? [])];
}

/** The words that a stored snapshot of an image or a release is found by, the same that its capture gave. */
export async function wordsOfSnapshot(store: BlobStore, snapshot: Digest): Promise<string> {
  const { config, roots } = await openImageSnapshot(store, snapshot);
  const descriptors = roots.map(({ descriptor }) => descriptor);
  const facts = await imageFacts(store, descriptors, snapshot);
  return searchTextOf(parseReference(config.url), facts, releaseWords(config.release, roots));
}
