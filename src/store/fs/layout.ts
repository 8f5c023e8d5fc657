import { lstat, mkdir, readdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Digest, errorText, isDigest, splitDigest } from '../../kernel/index.ts';
import { storeErrors } from '../errors.ts';
import { isClaimed } from './claim.ts';
import { reprieveAll } from './condemn.ts';
import { failure } from './failure.ts';
import { sweepPartials } from './gone-partials.ts';
import { foreignMaxAgeMs, ownedName, ownerState } from './owner.ts';
import { syncFolders } from './sync-folders.ts';

/** Where things lie in the folder: an OCI image layout (image-spec `image-layout.md`) and a place for files being written. */
export interface Layout {
  readonly root: string;
  readonly staging: string;
  /** Where blobs lie that come in over several processes. */
  readonly partial: string;
  /** Where a blob lies in the moment before it is freed. */
  readonly condemned: string;
  folderOf(algorithm: Algorithm): string;
  pathOf(digest: Digest): string;
  /** The place of a blob among the condemned. */
  asideOf(digest: Digest): string;
}

export const algorithms = ['sha256', 'sha512'] as const;
export type Algorithm = (typeof algorithms)[number];
export const stagingName = '.staging';
const partialName = '.partial';
const condemnedName = '.condemned';
/** What belongs into the root of the folder. */
export const rootNames: ReadonlySet<string> = new Set([
  'oci-layout',
  'index.json',
  'blobs',
  stagingName,
  partialName,
  condemnedName,
]);

export function layoutAt(root: string): Layout {
  return {
    root,
    staging: join(root, stagingName),
    partial: join(root, partialName),
    condemned: join(root, condemnedName),
    folderOf: (algorithm) => join(root, 'blobs', algorithm),
    pathOf(digest) {
      // A digest is a path here: one that was never parsed must not lead out of the folder.
      if (!isDigest(digest)) throw storeErrors.notFound({ digest: String(digest) });
      return join(root, 'blobs', splitDigest(digest).algorithm, splitDigest(digest).hex);
    },
    asideOf: (digest) => join(root, condemnedName, digest.replace(':', '-')),
  };
}

/** Makes the folder, or what is missing of it, and sweeps what dead processes left; throws `store.badLayout` where it is something else. */
export async function openLayout(root: string): Promise<Layout> {
  const layout = layoutAt(root);
  const folders = algorithms.map(layout.folderOf);
  try {
    for (const folder of [layout.staging, layout.partial, layout.condemned, ...folders])
      await mkdir(folder, { recursive: true, mode: 0o700 });
    await sweep(layout.staging);
    await sweepPartials(layout);
    if (!(await isClaimed(layout.condemned))) await reprieveAll(layout);
    for (const [name, value] of Object.entries(markers)) await placeOnce(layout, name, JSON.stringify(value));
    await syncFolders([...folders, join(root, 'blobs'), root]);
  } catch (error) {
    throw await failure(root, error, 0);
  }
  await checkVersion(root);
  return layout;
}

/** What makes the folder an image layout; the index names nothing, since blobs are named by the database. */
const markers = {
  'index.json': { schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests: [] },
  'oci-layout': { imageLayoutVersion: '1.0.0' },
};

async function placeOnce(layout: Layout, name: string, text: string): Promise<void> {
  const path = join(layout.root, name);
  if (await lstat(path).catch(() => undefined)) return;
  const temporary = join(layout.staging, ownedName());
  try {
    await writeFile(temporary, text, { mode: 0o600, flush: true });
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => {});
    throw error;
  }
}

async function checkVersion(root: string): Promise<void> {
  const wanted = markers['oci-layout'].imageLayoutVersion;
  try {
    const text = await readFile(join(root, 'oci-layout'), 'utf8');
    const found: unknown = JSON.parse(text)?.imageLayoutVersion;
    if (found !== wanted) throw new Error(`its oci-layout says ${text.slice(0, 200)}`);
  } catch (error) {
    throw storeErrors.badLayout({ place: root, detail: errorText(error) }, { cause: error });
  }
}

/** Removes temporary files whose process is gone; those of a live process, and files that are not ours, stay. */
async function sweep(staging: string): Promise<void> {
  for (const name of await readdir(staging)) {
    const path = join(staging, name);
    const state = ownerState(name);
    if (state === 'dead' || (state === 'foreign' && (await isOld(path)))) await unlink(path).catch(() => {});
  }
}

async function isOld(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > foreignMaxAgeMs;
}
