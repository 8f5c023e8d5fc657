import { openImageSnapshot } from '../capture/index.ts';
import { manifestMediaType } from '../images/index.ts';
import type { Snapshot } from '../links/index.ts';
import type { ImageToPublish, Publish } from '../registry/index.ts';
import type { BlobStore } from '../store/index.ts';
import { releaseRepository } from './release-repository.ts';

/**
 * Makes a snapshot visible in the registry: an image under the path that it has at its source, a release with all its
 * components under `openshift/release`, a page or a file as an artifact under `snapshots/<link id>`.
 */
export async function publishSnapshot(
  { store, publish }: { store: BlobStore; publish: Publish },
  snapshot: Snapshot,
): Promise<void> {
  const { digest, kind, linkId, id } = snapshot;
  if (digest === null) return;
  if (kind === 'page' || kind === 'file') {
    const held = await store.stat(digest);
    if (!held) return;
    const descriptor = { mediaType: manifestMediaType, digest, size: held.sizeBytes };
    return publish(`snapshots/${linkId}`, [{ tag: id, descriptor }]);
  }
  const { roots } = await openImageSnapshot(store, digest);
  const byRepository = Map.groupBy(roots, ({ repository }) =>
    kind === 'release' ? releaseRepository : repository.slice(repository.indexOf('/') + 1),
  );
  for (const [repository, members] of byRepository) {
    const images = members.map(
      ({ descriptor, imageTag }): ImageToPublish => ({
        descriptor,
        ...(imageTag !== undefined && { tag: imageTag }),
      }),
    );
    await publish(repository, images);
  }
}
