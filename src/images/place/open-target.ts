import type { Digest } from '../../kernel/index.ts';
import { createLayoutFolder, createLayoutTar } from '../layout/index.ts';
import { createMirrorFolder } from '../oc-mirror/index.ts';
import type { Registry } from '../registry/types.ts';
import type { ImageTarget } from '../types.ts';
import type { ImagePlace } from './parse-place.ts';

/** One place that is written to. */
export interface OpenedTarget {
  readonly target: ImageTarget;
  /** Writes the signatures of a release beside its images; undefined where the place has no room for them but as artifacts. */
  readonly putSignatures?: (release: Digest, signatures: readonly Uint8Array[]) => Promise<void>;
  /** Makes what was written last, and names it; nothing is sure to be there before. */
  close(): Promise<void>;
  /** Ends it without: what came stays where the place can keep it, for the next copy. */
  abort(): Promise<void>;
}

/** Where `oc` mirrors releases to within its folder. */
export const mirrorRepository = 'openshift/release';

/**
 * Opens a place for writing; `registry` is asked for only where it is one, `repository` is that within a mirror folder. Throws
 * what `createLayoutFolder`, `createLayoutTar` and `createMirrorFolder` throw.
 */
export async function openTarget(
  place: ImagePlace,
  { registry, repository = mirrorRepository }: { registry: () => Registry; repository?: string },
): Promise<OpenedTarget> {
  const nothing = async () => {};
  if (place.kind === 'registry')
    return { target: registry().target(place.reference), close: nothing, abort: nothing };
  if (place.kind === 'mirror') {
    const folder = await createMirrorFolder(place.path);
    return {
      target: await folder.repository(repository),
      putSignatures: (release, signatures) => folder.putSignatures(release, signatures),
      close: () => folder.close(),
      // Every name in it stands for itself, so that what came may keep its own.
      abort: () => folder.close(),
    };
  }
  const layout = await (place.kind === 'layout' ? createLayoutFolder : createLayoutTar)(place.path);
  return { target: layout, close: () => layout.close(), abort: () => layout.abort() };
}
