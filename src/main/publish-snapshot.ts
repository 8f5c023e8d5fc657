import { openImageSnapshot } from '../capture/index.ts';
import { manifestMediaType } from '../images/index.ts';
import type { Snapshot } from '../links/index.ts';
import type { ImageToPublish, Publish } from '../registry/index.ts';
import type { BlobStore } from '../store/index.ts';
import { releaseRepository } from './release-repository.ts';
import { snapshotRepositories } from './snapshot-repositories.ts';

/**
 * Makes a snapshot visible in the registry: an image under the path that it has at its source, a release with all its
 * components under `openshift/release`, a page or a file as an artifact under `snapshots/<link id>`. An image or a release that is
 * not good is not, nor what would get among the pages; only a release whose signature was verified takes over the image tags of one.
 */
export async function publishSnapshot(
  { store, publish }: { store: BlobStore; publish: Publish },
  snapshot: Snapshot,
): Promise<void> {
  const { digest, kind, linkId, id, verdict, evidence } = snapshot;
  if (digest === null) return;
  if (kind === 'page' || kind === 'file') {
    const held = await store.stat(digest);
    if (!held) return;
    const descriptor = { mediaType: manifestMediaType, digest, size: held.sizeBytes };
    return publish(`${snapshotRepositories}/${linkId}`, [{ tag: id, descriptor }]);
  }
  if (verdict !== 'good') return;
  const { roots } = await openImageSnapshot(store, digest);
  const byRepository = Map.groupBy(roots, ({ repository }) =>
    kind === 'release' ? releaseRepository : repository.slice(repository.indexOf('/') + 1),
  );
  const isVerified = kind === 'release' && evidence.some(({ code }) => code === 'signatureVerified');
  for (const [repository, members] of byRepository) {
    if (`${repository}/`.startsWith(`${snapshotRepositories}/`)) continue;
    const images = members.map(
      ({ descriptor, imageTag }): ImageToPublish => ({
        descriptor,
        ...(imageTag !== undefined && { tag: imageTag }),
      }),
    );
    await publish(repository, images, { takesOver: repository !== releaseRepository || isVerified });
  }
}
