import { type Descriptor, type Digest, HoldfastError, hasCode, splitDigest } from '../../kernel/index.ts';
import { imagesErrors } from '../errors.ts';
import { bareDescriptor } from '../is-descriptor.ts';
import { manifestKindOf } from '../media-types.ts';
import type { ImageSource } from '../types.ts';
import type { Limit } from './limit.ts';
import { maxPartsInAll, type Plan } from './plan.ts';
import type { CopiedAttachment } from './types.ts';

/** Referrers of referrers are followed so far. */
const maxDepth = 4;
const cosignKinds = ['sig', 'att', 'sbom'];

/**
 * Finds what belongs to the manifests of a plan and adds it: referrers, of any of them, and what cosign keeps under image tags
 * (`sha256-<hex>.sig`, `.att`, `.sbom`).
 */
export async function addAttachments(
  source: ImageSource,
  plan: Plan,
  limit: Limit,
): Promise<readonly CopiedAttachment[]> {
  const found: CopiedAttachment[] = [];
  const tags = await listedTags(source);
  const seen = new Set<Digest>();

  async function attach(subject: Descriptor, depth: number): Promise<void> {
    if (seen.has(subject.digest) || depth > maxDepth) return;
    seen.add(subject.digest);
    const referrers = await limit(() => source.referrers(subject.digest));
    const tagged = await Promise.all(
      cosignTags(subject.digest)
        .filter((tag) => tags?.has(tag) ?? true)
        .map(async (tag) => ({ tag, descriptor: await limit(() => resolveIfThere(source, tag)) })),
    );
    const attached = [
      ...referrers.map((descriptor) => ({ descriptor })),
      ...tagged.flatMap(({ tag, descriptor }) => (descriptor ? [{ tag, descriptor }] : [])),
    ].filter(({ descriptor }) => manifestKindOf(descriptor.mediaType) !== undefined);
    for (const { descriptor, ...each } of attached) {
      if (found.length >= maxPartsInAll)
        throw imagesErrors.malformedManifest({
          image: source.name,
          fault: `over ${maxPartsInAll} artifacts refer to it`,
        });
      found.push({ ...each, descriptor: bareDescriptor(descriptor), subject });
      await plan.add(descriptor);
      await attach(bareDescriptor(descriptor), depth + 1);
    }
  }

  const subjects = [...plan.parts.values()].map(({ descriptor }) => descriptor);
  await Promise.all(
    subjects.filter(({ mediaType }) => manifestKindOf(mediaType)).map((subject) => attach(subject, 1)),
  );
  // In an order that is the same at every run.
  const keyOf = ({ subject, descriptor }: CopiedAttachment) => `${subject.digest} ${descriptor.digest}`;
  return found.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** All image tags, asked for once; undefined where the source does not tell them. */
async function listedTags(source: ImageSource): Promise<ReadonlySet<string> | undefined> {
  try {
    return new Set(await source.tags());
  } catch (error) {
    // Whoever may pull may not always list; then each tag is asked for by its name.
    if (error instanceof HoldfastError && error.kind !== 'unavailable' && error.kind !== 'cancelled')
      return undefined;
    throw error;
  }
}

function cosignTags(subject: Digest): string[] {
  const { algorithm, hex } = splitDigest(subject);
  return cosignKinds.map((kind) => `${algorithm}-${hex}.${kind}`).filter((tag) => tag.length <= 128);
}

async function resolveIfThere(source: ImageSource, tag: string): Promise<Descriptor | undefined> {
  try {
    return await source.resolve(tag);
  } catch (error) {
    if (hasCode(error, 'images.notFound')) return undefined;
    throw error;
  }
}
