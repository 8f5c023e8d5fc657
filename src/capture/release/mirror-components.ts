import type { ImageSource } from '../../images/index.ts';
import { hasCode, type NamedRelease } from '../../kernel/index.ts';
import { rootsOfCopy } from '../image/roots-of-copy.ts';
import type { ImageWork } from '../image/types.ts';
import type { ImageRoot } from '../snapshot/image-root.ts';
import type { ReleaseComponent } from './image-references.ts';
import { componentImageTag } from './image-tags.ts';

/**
 * Copies all components of a release, each by its digest and under its image tag, one repository after the other. A mirrored
 * release has its components beside it; there they are looked for first, and then where the payload says.
 */
export async function mirrorComponents(
  { store, registry, copy }: Pick<ImageWork, 'store' | 'registry' | 'copy'>,
  release: NamedRelease & { readonly components: readonly ReleaseComponent[] },
  beside: { readonly repository: string; readonly source: ImageSource },
): Promise<readonly ImageRoot[]> {
  const roots: ImageRoot[] = [];
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
    roots.push(...(await rootsOfCopy(store, copied, repository)));
  }
  return roots;
}

async function holds(source: ImageSource, { digest }: ReleaseComponent): Promise<boolean> {
  try {
    await source.resolve(digest);
    return true;
  } catch (error) {
    if (hasCode(error, 'images.notFound')) return false;
    throw error;
  }
}
