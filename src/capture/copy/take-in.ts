import {
  type CopyResult,
  copyImages,
  createStoreTarget,
  formatReference,
  type ImageReference,
  type OpenedRepository,
  type OpenedSource,
  parseReference,
} from '../../images/index.ts';
import { type Clock, type Digest, type OnProgress, releaseImageTags } from '../../kernel/index.ts';
import type { BlobStore } from '../../store/index.ts';
import { captureErrors } from '../errors.ts';
import { createImageCapture } from '../image/create-image-capture.ts';
import type { ImageCaptureOptions } from '../image/types.ts';
import { componentImageTag } from '../release/image-tags.ts';
import { type RecognisedRelease, recogniseRelease } from '../release/recognise-release.ts';
import type { CaptureOutcome } from '../types.ts';
import { noTransport, registryOf } from './one-source.ts';

export interface TakeInOptions extends Pick<ImageCaptureOptions, 'trustedKeys' | 'software' | 'clock'> {
  readonly store: BlobStore;
  /** What images are called here: `docker://host/repository`, with a tag for a single one. */
  readonly as?: string;
  readonly signal: AbortSignal;
  /** As `copyImages`. */
  readonly onProgress: OnProgress;
  readonly clock?: Clock;
}

/** A snapshot that was made of what came in, and the link that it is one of. */
export interface TakenIn {
  readonly url: string;
  readonly outcome: CaptureOutcome;
}

export interface TakenInAll {
  readonly snapshots: readonly TakenIn[];
  /** Image tags and digests of images that nothing says a repository of, so that they have no link. */
  readonly unnamed: readonly string[];
  readonly copiedBytes: number;
}

/**
 * Takes in what a folder or an archive of images holds, without asking anything of a network: each release as one snapshot with
 * its components and the signatures beside it, every other image as one of its own. Blobs are hashed as they come in. Throws
 * `capture.noImages` where it holds none, and what `copyImages` throws; what came in stays and is found the next time.
 */
export async function takeInImages(from: OpenedSource, options: TakeInOptions): Promise<TakenInAll> {
  const { store, signal, onProgress } = options;
  const target = createStoreTarget({ store, name: 'the store', signal });
  const as = options.as === undefined ? undefined : parseReference(options.as);
  const snapshots: TakenIn[] = [];
  const unnamed: string[] = [];
  let copiedBytes = 0;
  for (const repository of from.repositories) {
    const roots = await repository.roots();
    if (roots.length === 0) continue;
    const { source } = repository;
    const copied = await copyImages({ source, target, roots, withReferrers: true, signal, onProgress });
    copiedBytes += copied.copiedBytes;
    for (const { reference, digest, isTagged } of await linksOf(repository, copied, options, as)) {
      if (reference === undefined) {
        unnamed.push(digest);
        continue;
      }
      const outcome = await captureOne(from, repository, options, { reference, digest, isTagged });
      snapshots.push({ url: `docker://${formatReference(reference)}`, outcome });
    }
  }
  if (snapshots.length === 0 && unnamed.length === 0) throw captureErrors.noImages({ place: from.place });
  return { snapshots, unnamed, copiedBytes };
}

interface Wanted {
  readonly digest: Digest;
  /** Undefined where nothing says which repository it is of. */
  readonly reference: ImageReference | undefined;
  readonly isTagged: boolean;
}

/** What becomes a snapshot: releases first, then what belongs to none and is not about something else. */
async function linksOf(
  { source }: OpenedRepository,
  { roots, attachments }: CopyResult,
  { store, signal }: TakeInOptions,
  as: ImageReference | undefined,
): Promise<readonly Wanted[]> {
  const tagsOf = Map.groupBy(roots, ({ descriptor }) => descriptor.digest);
  const taken = new Set(attachments.map(({ descriptor }) => descriptor.digest));
  const wanted: Wanted[] = [];
  for (const [digest, [root]] of tagsOf) {
    if (taken.has(digest)) continue;
    const release = await recogniseRelease(store, root!.descriptor, `${source.name}@${digest}`, signal);
    if (!release) continue;
    wanted.push({ digest, reference: referenceOf(release, as), isTagged: true });
    for (const component of release.components) taken.add(component.digest);
    taken.add(digest);
    // Also components whose image tag stands for another image here: they are told of where the release is captured.
    const own = new Set(release.components.map(({ name }) => componentImageTag(release, name)));
    for (const { tag, descriptor } of roots)
      if (tag !== undefined && own.has(tag)) taken.add(descriptor.digest);
  }
  const others = [...tagsOf].filter(([digest]) => !taken.has(digest));
  for (const [digest, named] of others)
    for (const { tag } of named) {
      const name = as && { host: as.host, repository: as.repository };
      const given = others.length === 1 && named.length === 1 && hasTag(as) ? as.tag : undefined;
      const isTagged = (given ?? tag) !== undefined;
      const reference = name && { ...name, ...(isTagged ? { tag: given ?? tag! } : { digest }) };
      wanted.push({ digest, reference, isTagged });
    }
  return wanted;
}

const hasTag = (as: ImageReference | undefined): as is ImageReference & { tag: string } =>
  as?.tag !== undefined && as.tag !== 'latest';

/** The link of a release: as it was said, else where OpenShift publishes it beside its components. */
function referenceOf(release: RecognisedRelease, as: ImageReference | undefined): ImageReference {
  const tag = releaseImageTags(release)[0]!;
  if (as) return { host: as.host, repository: as.repository, tag: hasTag(as) ? as.tag : tag };
  const [{ repository }] = release.components as [RecognisedRelease['components'][number]];
  return { ...parseReference(repository.replace(/\/ocp-v4\.0-art-dev$/, '/ocp-release')), tag };
}

async function captureOne(
  from: OpenedSource,
  { source }: OpenedRepository,
  options: TakeInOptions,
  { reference, digest, isTagged }: Wanted & { readonly reference: ImageReference },
): Promise<CaptureOutcome> {
  const { store, software, trustedKeys, clock, signal } = options;
  const registry = registryOf(source, isTagged ? { name: reference.tag!, digest } : undefined);
  const signatures = (await from.signatures()).get(digest) ?? [];
  const engine = createImageCapture({
    store,
    software,
    ...(trustedKeys && { trustedKeys }),
    ...(clock && { clock }),
    connect: async () => ({ registry, transport: noTransport, beside: { place: from.place, signatures } }),
  });
  const url = `docker://${formatReference(reference)}`;
  return engine.capture({ url, signal, onProgress: () => {} });
}
