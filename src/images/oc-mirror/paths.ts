import type { Digest } from '../../kernel/index.ts';

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
