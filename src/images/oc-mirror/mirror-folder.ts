import type { Digest } from '../../kernel/index.ts';
import { imagesErrors } from '../errors.ts';
import { type FolderFiles, folderFiles } from '../folder/folder-files.ts';
import { smallFile } from '../folder/image-files.ts';
import { isRepository } from '../reference.ts';
import type { ImageSource } from '../types.ts';
import { createMirrorSource } from './mirror-source.ts';
import { configFolder } from './paths.ts';
import {
  isSignatureFileName,
  maxSignatureFileBytes,
  readSignatureFile,
  type Signatures,
} from './signature-file.ts';

/** A folder that `oc adm release mirror --to-dir` or `oc image mirror` wrote. */
export interface MirrorFolder {
  readonly place: string;
  /** The paths of its repositories, for example `openshift/release`, sorted. */
  readonly repositories: readonly string[];
  /** One of them; throws `images.notFound`. */
  repository(path: string): ImageSource;
  /** The signatures that lie in it, not verified; throws `images.badSignatureFile`. */
  signatures(): Promise<Signatures>;
}

const maxDepth = 16;
const maxFolders = 20_000;

/** Opens a mirror folder of `oc`; throws `images.badMirrorFolder`, `.outsideLink` and `.placeFailed`. */
export async function openMirrorFolder(path: string): Promise<MirrorFolder> {
  const files = await folderFiles(path);
  const { place } = files;
  const repositories = await findRepositories(files);
  if (repositories.length === 0)
    throw imagesErrors.badMirrorFolder({ place, fault: 'it has no repository in "v2"' });
  return {
    place,
    repositories,
    repository(wanted) {
      if (!repositories.includes(wanted)) throw imagesErrors.notFound({ image: wanted.slice(0, 300), place });
      return createMirrorSource(files, wanted);
    },
    signatures: () => readSignatures(files),
  };
}

async function findRepositories(files: FolderFiles): Promise<readonly string[]> {
  const found: string[] = [];
  let count = 0;
  const look = async (path: string, depth: number): Promise<void> => {
    const fault = `it has more than ${maxFolders} folders or ${maxDepth} of them in each other`;
    if (++count > maxFolders || depth > maxDepth)
      throw imagesErrors.badMirrorFolder({ place: files.place, fault });
    const folders = (await files.list(`v2/${path}`)).filter((entry) => entry.isDirectory());
    const hasManifests = path !== '' && folders.some(({ name }) => name === 'manifests');
    if (hasManifests) found.push(path);
    for (const { name } of folders) {
      const below = path === '' ? name : `${path}/${name}`;
      const isOwn = hasManifests && (name === 'manifests' || name === 'blobs');
      if (!isOwn && isRepository(below)) await look(below, depth + 1);
    }
  };
  await look('', 0);
  return found.sort();
}

async function readSignatures(files: FolderFiles): Promise<Signatures> {
  const all = new Map<Digest, Uint8Array[]>();
  for (const { name } of await files.list(configFolder)) {
    if (!isSignatureFileName(name)) continue;
    const path = `${configFolder}/${name}`;
    const bytes = await smallFile(files, path, maxSignatureFileBytes, (fault) =>
      imagesErrors.badSignatureFile({ place: `${files.place}/${path}`, fault }),
    );
    if (!bytes) continue;
    for (const [digest, signatures] of readSignatureFile(bytes, `${files.place}/${path}`))
      all.set(digest, [...(all.get(digest) ?? []), ...signatures]);
  }
  return all;
}
