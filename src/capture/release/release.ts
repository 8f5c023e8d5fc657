import { isImageTag, maxManifestBytes, parseManifest } from '../../images/index.ts';
import { type Digest, releaseImageTags } from '../../kernel/index.ts';
import type { BlobStore } from '../../store/index.ts';
import { captureErrors } from '../errors.ts';
import { openImageSnapshot } from '../snapshot/image-index.ts';
import type { ImageRoot } from '../snapshot/image-root.ts';
import type { ReleaseComponent } from './image-references.ts';
import { componentImageTag } from './image-tags.ts';
import { maxSignatureBytes } from './signature/verify-signature.ts';

/** An OpenShift release that a snapshot holds. */
export interface Release {
  readonly version: string;
  /** As OpenShift names it: `x86_64`, `aarch64`, `multi`. */
  readonly architecture: string;
  /** Of the release image. */
  readonly digest: Digest;
  /** `host/path` that the release image came from. */
  readonly repository: string;
  /** The image tags of the release image, the one with the architecture first. */
  readonly imageTags: readonly string[];
  readonly components: readonly (ReleaseComponent & { readonly imageTag: string })[];
  /** The repositories that the payload refers to, sorted: what a cluster has to find in a mirror. */
  readonly sources: readonly string[];
  /** The signatures that were kept, as the stores have them. */
  readonly signatures: readonly Uint8Array[];
}

/** Reads what a release's snapshot holds; throws `capture.notARelease`, `capture.badSnapshot` or `store.notFound`. */
export async function openRelease(store: BlobStore, snapshot: Digest): Promise<Release> {
  const { kind, config, roots } = await openImageSnapshot(store, snapshot);
  if (kind !== 'release') throw captureErrors.notARelease({ snapshot });
  const image = roots.find(({ role }) => role === 'release');
  const named = config.release;
  if (!image || !named)
    throw captureErrors.badSnapshot({ snapshot, fault: 'it does not say which release it is' });
  const prefix = componentImageTag(named, '');
  const imageTags = releaseImageTags(named);
  if (!imageTags.every(isImageTag))
    throw captureErrors.badSnapshot({ snapshot, fault: 'its version makes no image tag' });
  const components = roots.flatMap(({ imageTag, role, descriptor, repository }) =>
    role === undefined && imageTag?.startsWith(prefix) && !imageTags.includes(imageTag)
      ? [{ name: imageTag.slice(prefix.length), imageTag, digest: descriptor.digest, repository }]
      : [],
  );
  const signatures = await Promise.all(
    roots.filter(({ role }) => role === 'signature').map((root) => readSignature(store, snapshot, root)),
  );
  const sources = new Set([image.repository, ...components.map(({ repository }) => repository)]);
  return {
    version: named.version,
    architecture: named.architecture,
    digest: image.descriptor.digest,
    repository: image.repository,
    imageTags,
    components,
    sources: [...sources].sort(),
    signatures,
  };
}

async function readSignature(store: BlobStore, snapshot: Digest, root: ImageRoot): Promise<Uint8Array> {
  const manifest = parseManifest(await store.bytes(root.descriptor.digest, maxManifestBytes));
  const [layer] = manifest.layers;
  if (!layer) throw captureErrors.badSnapshot({ snapshot, fault: 'a signature of it is empty' });
  return store.bytes(layer.digest, maxSignatureBytes);
}
