import type { Descriptor, Digest } from '../kernel/index.ts';

/** What somebody wants to do with a repository. */
export const actions = ['pull', 'push', 'delete'] as const;
export type Action = (typeof actions)[number];

/** What a robot may do: actions on the repositories of a pattern, which is a name, `name/*` (all below) or `*`. */
export interface Right {
  readonly pattern: string;
  readonly actions: readonly Action[];
}

/** Who asks. `local` is true where the request came from this machine to a loopback name. */
export type Identity =
  | { readonly kind: 'anonymous'; readonly local: boolean }
  | { readonly kind: 'user'; readonly name: string }
  | { readonly kind: 'robot'; readonly name: string; readonly rights: readonly Right[] };

/** Decides who may do what; `repository` is a name that was checked. */
export interface Policy {
  decide(identity: Identity, repository: string, action: Action): boolean;
  /** True where somebody without a login may do anything at all. */
  admitsAnonymous(identity: Identity & { readonly kind: 'anonymous' }): boolean;
}

/** Part of a sorted list: what comes after `after`, at most `limit`. */
export interface Page {
  readonly after?: string;
  readonly limit: number;
}

/** A manifest as a repository holds it. Times are epoch milliseconds. */
export interface StoredManifest {
  readonly digest: Digest;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly pushedAt: number;
}

/** A manifest on its way into a repository. */
export interface NewManifest {
  readonly digest: Digest;
  readonly mediaType: string;
  readonly sizeBytes: number;
  /** As a list of referrers tells it: its own, else the type of its config. */
  readonly artifactType: string | undefined;
  readonly subject: Digest | undefined;
  readonly annotations: Readonly<Record<string, string>>;
  /** Config and layers, without those that are never distributed. */
  readonly blobs: readonly Descriptor[];
  /** The manifests of an index. */
  readonly children: readonly Descriptor[];
}

/** A manifest with the repository that holds it. */
export interface HeldManifest {
  readonly repository: string;
  readonly descriptor: Descriptor;
}

/** A blob that a repository holds. */
export interface HeldBlob {
  readonly digest: Digest;
  readonly sizeBytes: number;
}
