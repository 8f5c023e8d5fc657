import type { CopyRoot } from '../copy/types.ts';
import { type LayoutSource, openLayoutFolder, openLayoutTar } from '../layout/index.ts';
import { openMirrorFolder, type Signatures } from '../oc-mirror/index.ts';
import type { ImageSource } from '../types.ts';
import type { ImagePlace } from './parse-place.ts';

export interface OpenedRepository {
  readonly path: string;
  readonly source: ImageSource;
  /** Everything that it names, by image tag where there is one. */
  roots(): Promise<readonly CopyRoot[]>;
}

/** A folder or an archive that is read from, repository by repository. */
export interface OpenedSource extends AsyncDisposable {
  /** As people know it. */
  readonly place: string;
  /** With the path of each, `openshift/release`; empty for a layout, which is one without a name. */
  readonly repositories: readonly OpenedRepository[];
  /** Signatures of releases that lie beside the images, not verified. */
  signatures(): Promise<Signatures>;
}

/** Opens a layout, a tar of one or a mirror folder; throws what `openLayoutFolder`, `openLayoutTar` and `openMirrorFolder` throw. */
export async function openSource(place: Exclude<ImagePlace, { kind: 'registry' }>): Promise<OpenedSource> {
  if (place.kind === 'mirror') {
    const folder = await openMirrorFolder(place.path);
    return {
      place: folder.place,
      repositories: folder.repositories.map((path) => {
        const source = folder.repository(path);
        return { path, source, roots: () => taggedRoots(source) };
      }),
      signatures: folder.signatures,
      async [Symbol.asyncDispose]() {},
    };
  }
  const layout = await (place.kind === 'layout' ? openLayoutFolder : openLayoutTar)(place.path);
  return {
    place: layout.name,
    repositories: [{ path: '', source: layout, roots: () => layoutRoots(layout) }],
    signatures: async () => new Map(),
    [Symbol.asyncDispose]: () => layout.close(),
  };
}

async function taggedRoots(source: ImageSource): Promise<readonly CopyRoot[]> {
  return (await source.tags()).map((tag) => ({ reference: tag, tag }));
}

/** What has no image tag of its own stands there by its digest. */
async function layoutRoots(layout: LayoutSource): Promise<readonly CopyRoot[]> {
  const tagged = await taggedRoots(layout);
  const named = new Set(
    await Promise.all(tagged.map(async ({ reference }) => (await layout.resolve(reference)).digest)),
  );
  const others = (await layout.roots()).filter(({ digest }) => !named.has(digest));
  return [...tagged, ...[...new Set(others.map(({ digest }) => digest))].map((reference) => ({ reference }))];
}
