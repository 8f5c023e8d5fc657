import type { CopyResult, ImageSource } from '../../images/index.ts';
import { hasCode, type NamedRelease } from '../../kernel/index.ts';
import { rootsOfCopy } from '../image/roots-of-copy.ts';
import type { ImageWork } from '../image/types.ts';
import type { ImageRoot } from '../snapshot/image-root.ts';
import type { ReleaseComponent } from './image-references.ts';
import { componentImageTag } from './image-tags.ts';

type ComponentsOf = NamedRelease & { readonly components: readonly ReleaseComponent[] };
/** The repository that the release image came from. */
type Beside = { readonly repository: string; readonly source: ImageSource };

/** Mirrors all components of a release into the store, each by its digest and under its image tag. */
export async function mirrorComponents(
  work: Pick<ImageWork, 'store' | 'registry' | 'copy'>,
  release: ComponentsOf,
  beside: Beside,
): Promise<readonly ImageRoot[]> {
  const roots: ImageRoot[] = [];
  for (const { repository, copied } of await copyComponents(work, release, beside))
    roots.push(...(await rootsOfCopy(work.store, copied, repository)));
  return roots;
}

/**
 * Copies all components of a release, one repository after the other. A mirrored release has its components beside it; there
 * they are looked for first, and then where the payload says.
 */
export async function copyComponents(
  { registry, copy }: Pick<ImageWork, 'registry' | 'copy'>,
  release: ComponentsOf,
  beside: Beside,
): Promise<readonly { readonly repository: string; readonly copied: CopyResult }[]> {
  const all: { repository: string; copied: CopyResult }[] = [];
  const byRepository = Map.groupBy(release.components, ({ repository }) => repository);
  for (const [repository, components] of byRepository) {
    const slash = repository.indexOf('/');
    const named = () =>
      registry.source({ host: repository.slice(0, slash), repository: repository.slice(slash + 1) });
    const isBeside = repository === beside.repository || (await holds(beside.source, components[0]!));
    const copyFrom = (source: ImageSource) =>
      copy({
        source,
        roots: components.map(({ name, digest }) => ({
          reference: digest,
          tag: componentImageTag(release, name),
        })),
      });
    const copied = await copyFrom(isBeside ? beside.source : named()).catch((error: unknown) => {
      // Only some of them are beside it, so that the rest can be where the payload says.
      const isGone = hasCode(error, 'images.notFound') || hasCode(error, 'images.partGone');
      if (isGone && isBeside && repository !== beside.repository) return copyFrom(named());
      throw error;
    });
    all.push({ repository, copied });
  }
  return all;
}

async function holds(source: ImageSource, { digest }: ReleaseComponent): Promise<boolean> {
  try {
    await source.resolve(digest);
    return true;
  } catch (error) {
    // A mirror that has it not and a source that cannot be reached: where the payload says is left to be asked.
    if (hasCode(error, 'images.notFound') || hasCode(error, 'images.nowhere')) return false;
    throw error;
  }
}
