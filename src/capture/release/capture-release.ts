import { formatReference, type ImageReference } from '../../images/index.ts';
import { systemClock } from '../../kernel/index.ts';
import { copiedEvidence, searchTextOf } from '../image/describe-image.ts';
import { imageFacts } from '../image/image-facts.ts';
import { keepImage } from '../image/snapshot-of-image.ts';
import type { ImageCaptureOptions, ImageCaptureRequest, TellAbout } from '../image/types.ts';
import type { ImageRoot } from '../snapshot/image-root.ts';
import type { CaptureOutcome } from '../types.ts';
import { type Named, releaseImageTags } from './image-tags.ts';
import { mirrorComponents } from './mirror-components.ts';
import { recogniseRelease } from './recognise-release.ts';
import { judgeSignatures, type SignatureJudgement } from './signature/judge-signatures.ts';
import { keepSignature } from './signature/keep-signature.ts';
import type { PayloadKeys } from './signature/payload-keys.ts';

/** A release image that was copied into the store, and how that was asked for. */
export interface CopiedRelease {
  readonly options: ImageCaptureOptions;
  readonly request: ImageCaptureRequest;
  readonly reference: ImageReference;
  readonly roots: readonly ImageRoot[];
  readonly about: TellAbout;
}

/**
 * Mirrors the release that an image is of: its components, and its signatures where some are found and hold. Undefined where
 * the image is not one of a release. Throws as `ImageCapture` has it, and what `reasonOf` makes a reason of.
 */
export async function captureRelease(copied: CopiedRelease): Promise<CaptureOutcome | undefined> {
  const { options, request, reference, roots, about } = copied;
  const { store, registry } = options;
  const [image, ...rest] = roots;
  const name = formatReference(reference);
  const release = image && (await recogniseRelease(store, image.descriptor, name, request.signal));
  if (!release) return undefined;
  const { version, architecture, components } = release;
  const beside = { repository: image.repository, source: registry.source(reference) };
  const mirrored = await mirrorComponents(options, request, release, beside);
  const judgement = await judge(copied, image, release.keys);
  const signatures = await keepSignatures(options, image, judgement);
  const all = [...releaseRoots(image, release), ...mirrored, ...rest, ...signatures];
  const descriptors = all.map(({ descriptor }) => descriptor);
  const facts = await imageFacts(store, descriptors, name);
  const told = about({
    kind: 'release',
    verdict: judgement.sound ? 'good' : 'failed',
    evidence: [
      { code: 'releaseMirrored', details: { version, architecture, components: components.length } },
      judgement.evidence,
      copiedEvidence(facts),
    ],
    title: `OpenShift ${version} (${architecture})`,
    searchText: searchTextOf(reference, facts, [
      `OpenShift ${version}`,
      ...all.flatMap(({ imageTag }) => imageTag ?? []),
    ]),
    release: { version, architecture },
  });
  return keepImage(store, told, all, facts);
}

/** The release image under each of its image tags. */
function releaseRoots({ descriptor, repository }: ImageRoot, release: Named): readonly ImageRoot[] {
  return releaseImageTags(release).map((imageTag, at) => ({
    descriptor,
    imageTag,
    repository,
    ...(at === 0 && { role: 'release' as const }),
  }));
}

function judge(
  { options, request }: CopiedRelease,
  image: ImageRoot,
  payload: PayloadKeys,
): Promise<SignatureJudgement> {
  const { transport, plainHttp = false, trustedKeys = [], signatureStores = [] } = options;
  return judgeSignatures(image.descriptor.digest, {
    transport,
    plainHttp,
    payload,
    trustedKeys,
    stores: signatureStores,
    now: new Date((options.clock ?? systemClock).now()),
    signal: request.signal,
  });
}

async function keepSignatures(
  { store }: ImageCaptureOptions,
  { descriptor, repository }: ImageRoot,
  { signatures }: SignatureJudgement,
): Promise<readonly ImageRoot[]> {
  const batch = store.batch();
  try {
    const roots: ImageRoot[] = [];
    for (const signature of signatures)
      roots.push({
        descriptor: await keepSignature(batch, descriptor, signature),
        repository,
        role: 'signature',
      });
    await batch.commit();
    return roots;
  } catch (error) {
    await batch.abort();
    throw error;
  }
}
