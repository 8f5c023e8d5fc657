import {
  copyImages,
  createStoreTarget,
  formatReference,
  type ImageReference,
  type ImageSource,
  imagesErrors,
  type OpenedSource,
  type Platform,
  readManifest,
} from '../../images/index.ts';
import { releaseImageTags } from '../../kernel/index.ts';
import type { BlobStore } from '../../store/index.ts';
import { collect } from '../../store/index.ts';
import { captureErrors } from '../errors.ts';
import { mainEntry } from '../image/image-facts.ts';
import type { Connection, ImageCaptureOptions } from '../image/types.ts';
import { copyComponents } from '../release/mirror-components.ts';
import { type RecognisedRelease, recogniseRelease, releaseLabel } from '../release/recognise-release.ts';
import { judgeRelease } from '../release/signature/judge-release.ts';
import { type CopiedOut, type CopyOut, copiedOut, copyRoots } from './copy-out.ts';

/** Copies what a folder or an archive names, or one image tag of it; throws `images.severalRepositories`, `capture.noImages`. */
export async function copyFolder(
  from: OpenedSource,
  wanted: string | undefined,
  out: CopyOut,
): Promise<CopiedOut> {
  const { place, repositories } = from;
  const [first, ...others] = repositories;
  if (!first || others.length > 0) {
    const names = repositories.map(({ path }) => path).join(', ');
    throw imagesErrors.severalRepositories({ place, repositories: names.slice(0, 500) });
  }
  const roots = wanted === undefined ? await first.roots() : [{ reference: wanted, tag: wanted }];
  if (roots.length === 0) throw captureErrors.noImages({ place });
  const [only] = roots.length === 1 ? roots : [];
  if (out.tag !== undefined && !only) throw captureErrors.severalImages({ snapshot: place, tag: out.tag });
  const named = out.tag !== undefined && only ? [{ ...only, tag: out.tag }] : roots;
  const copied = await copyRoots(first.source, named, out, true);
  for (const [digest, signatures] of await from.signatures())
    await out.to.putSignatures?.(digest, signatures);
  return copiedOut([copied]);
}

/** How a registry is read from. */
export interface CopyFrom
  extends Connection,
    Pick<ImageCaptureOptions, 'trustedKeys' | 'signatureStores' | 'clock'> {
  /** Where the image of a release is read; what comes into it is nobody's. */
  readonly store: BlobStore;
  readonly plainHttp: boolean;
  /** Keeps only these platforms. */
  readonly platforms?: readonly Platform[];
}

/**
 * Copies an image of a registry straight to another place, with what is about it; one of an OpenShift release with all its components
 * under the image tags of `oc`. Throws `capture.taggedRelease`, `capture.unsoundRelease`, `capture.badRelease` and what `copyImages` throws.
 */
export async function copyReference(
  from: CopyFrom,
  reference: ImageReference,
  out: CopyOut,
): Promise<CopiedOut> {
  const { host, repository, tag = reference.digest ? undefined : 'latest', digest } = reference;
  const source = from.registry.source({ host, repository });
  const wanted = (digest ?? tag)!;
  const release = await releaseOf(from, source, { ...reference, ...(tag !== undefined && { tag }) }, out);
  const { to, signal, onProgress } = out;
  const copy = (options: Pick<Parameters<typeof copyImages>[0], 'source' | 'roots' | 'withReferrers'>) =>
    copyImages({
      ...options,
      target: to.target,
      signal,
      onProgress,
      ...(from.platforms && { platforms: from.platforms }),
    });
  if (!release) {
    const name = out.tag ?? tag;
    const root = { reference: wanted, ...(name !== undefined && { tag: name }) };
    return copiedOut([await copy({ source, roots: [root], withReferrers: true })]);
  }
  if (out.tag !== undefined) throw captureErrors.taggedRelease({ target: to.target.name });
  const beside = { repository: `${host}/${repository}`, source };
  const components = await copyComponents({ registry: from.registry, copy }, release, beside);
  // Last, so that whoever finds it finds all of its components.
  const imageTags = releaseImageTags(release);
  const roots = imageTags.map((name) => ({ reference: release.digest, tag: name }));
  const image = await copy({ source, roots, withReferrers: true });
  if (release.signatures.length > 0) await to.putSignatures?.(release.digest, release.signatures);
  const sources = new Set([beside.repository, ...components.map((one) => one.repository)]);
  return copiedOut([...components.map(({ copied }) => copied), image], {
    version: release.version,
    digest: release.digest,
    imageTags,
    sources: [...sources].sort(),
    signatures: release.signatures,
  });
}

const maxConfigBytes = 4 * 1024 * 1024;

/** Reads the release that an image is of, by way of the store; undefined where it is of none, which costs its config alone. */
async function releaseOf(
  from: CopyFrom,
  source: ImageSource,
  reference: ImageReference,
  { signal, onProgress }: CopyOut,
) {
  const { store } = from;
  const name = formatReference(reference);
  const root = await source.resolve((reference.digest ?? reference.tag)!);
  const read = async (descriptor: typeof root) =>
    readManifest(await source.manifest(descriptor), descriptor.mediaType, name);
  const top = await read(root);
  const entry = mainEntry(top.manifests);
  const { config } = entry ? await read(entry) : top;
  if (!config || config.size > maxConfigBytes) return undefined;
  const text = Buffer.from(await collect(await source.blob(config), maxConfigBytes)).toString();
  if (!text.includes(`"${releaseLabel}"`)) return undefined;
  const target = createStoreTarget({ store, name: 'the store', signal });
  await copyImages({ source, target, roots: [{ reference: root.digest }], signal, onProgress });
  const release = await recogniseRelease(store, root, name, signal);
  return (
    release && {
      ...release,
      digest: root.digest,
      signatures: await soundSignatures(from, release, root.digest, name, signal),
    }
  );
}

async function soundSignatures(
  from: CopyFrom,
  { keys }: RecognisedRelease,
  digest: Parameters<typeof judgeRelease>[1],
  image: string,
  signal: AbortSignal,
): Promise<readonly Uint8Array[]> {
  const { evidence, sound, signatures } = await judgeRelease({ ...from, signal }, digest, keys);
  if (!sound) throw captureErrors.unsoundRelease({ image, reason: evidence.details.reason ?? '' });
  return signatures;
}
