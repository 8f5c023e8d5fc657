import type { Digest } from '../../kernel/index.ts';

/** An image tag as the distribution spec allows it, and so no name that leads anywhere. */
export const isTagName = (name: string): boolean => /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/.test(name);

const part = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const repositoryPattern = new RegExp(`^${part}(?:/${part})*$`);

/** True for the path of a repository (distribution-spec "Pulling manifests") that can be a folder's here. */
export const isRepositoryPath = (path: string): boolean => path.length <= 255 && repositoryPattern.test(path);

/** Where things of one repository lie in a mirror folder. */
export interface RepositoryPaths {
  readonly manifests: string;
  readonly blobs: string;
  blob(digest: Digest): string;
  /** Of a manifest by digest, or of an image tag. */
  manifest(reference: string): string;
}

export function repositoryPaths(repository: string): RepositoryPaths {
  const manifests = `v2/${repository}/manifests`;
  const blobs = `v2/${repository}/blobs`;
  return {
    manifests,
    blobs,
    blob: (digest) => `${blobs}/${digest}`,
    manifest: (reference) => `${manifests}/${reference}`,
  };
}

/** Where the signatures of releases lie. */
export const configFolder = 'config';
