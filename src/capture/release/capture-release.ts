import { formatReference, type ImageReference } from '../../images/index.ts';
import { type NamedRelease, releaseImageTags } from '../../kernel/index.ts';
import type { BlobStore } from '../../store/index.ts';
import { copiedEvidence, searchTextOf } from '../image/describe-image.ts';
import { imageFacts } from '../image/image-facts.ts';
import { keepImage } from '../image/snapshot-of-image.ts';
import type { ImageWork } from '../image/types.ts';
import { releaseWords } from '../image/words.ts';
import type { ImageRoot } from '../snapshot/image-root.ts';
import type { CaptureOutcome } from '../types.ts';
import { mirrorComponents } from './mirror-components.ts';
import { recogniseRelease } from './recognise-release.ts';
import { judgeRelease } from './signature/judge-release.ts';
import type { SignatureJudgement } from './signature/judge-signatures.ts';
import { keepSignature } from './signature/keep-signature.ts';

/**
 * Mirrors the release that an image is of: its components, and its signatures where some are found and hold. Undefined where
 * the image is not one of a release. Throws as `ImageCapture` has it, and what `reasonOf` makes a reason of.
 */
export async function captureRelease(
  work: ImageWork,
  reference: ImageReference,
  roots: readonly ImageRoot[],
): Promise<CaptureOutcome | undefined> {
  const { store, registry, request, about } = work;
  const [image, ...rest] = roots;
  const name = formatReference(reference);
  const release = image && (await recogniseRelease(store, image.descriptor, name, request.signal));
  if (!release) return undefined;
  const { version, architecture, components } = release;
  const beside = { repository: image.repository, source: registry.source(reference) };
  const mirrored = await mirrorComponents(work, release, beside);
  const plainHttp = request.options?.plainHttp ?? false;
  const judgement = await judgeRelease(
    { ...work, plainHttp, signal: request.signal },
    image.descriptor.digest,
    release.keys,
  );
  const signatures = await keepSignatures(store, image, judgement);
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
    searchText: searchTextOf(reference, facts, releaseWords({ version, architecture }, all)),
    release: { version, architecture },
  });
  return keepImage(store, told, all, facts);
}

/** The release image under each of its image tags. */
function releaseRoots({ descriptor, repository }: ImageRoot, release: NamedRelease): readonly ImageRoot[] {
  return releaseImageTags(release).map((imageTag, at) => ({
    descriptor,
    imageTag,
    repository,
    ...(at === 0 && { role: 'release' as const }),
  }));
}

async function keepSignatures(
  store: BlobStore,
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
