import type { Descriptor, Digest } from '../../kernel/index.ts';
import type { HeldManifest } from './walk-held.ts';

/**
 * What refers to what, by the `subject`s of manifests, each referrer with the artifact type and annotations that it gives
 * itself (distribution-spec "Listing Referrers").
 */
export async function referrersOf(
  held: AsyncIterable<HeldManifest>,
): Promise<ReadonlyMap<Digest, readonly Descriptor[]>> {
  const found = new Map<Digest, Descriptor[]>();
  for await (const { entry, manifest } of held) {
    if (!manifest.subject) continue;
    const { mediaType, digest, size } = entry;
    const artifactType = manifest.artifactType ?? manifest.config?.mediaType;
    const { annotations } = manifest;
    const referrer: Descriptor = {
      mediaType,
      digest,
      size,
      ...(artifactType !== undefined && { artifactType }),
      ...(Object.keys(annotations).length > 0 && { annotations }),
    };
    const list = found.get(manifest.subject.digest);
    if (list) list.push(referrer);
    else found.set(manifest.subject.digest, [referrer]);
  }
  return found;
}
