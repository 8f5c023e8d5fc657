import type { ContentsImage } from '../../capture/index.ts';
import type { ImageDescription } from '../../images/index.ts';
import type { Digest } from '../../kernel/index.ts';

/** Part of a sorted list: what comes after `after`, at most `limit`. */
export interface ListPage {
  readonly after?: string;
  readonly limit: number;
}

/** A repository of our registry. Times are epoch milliseconds. */
export interface RegistryRepository {
  readonly name: string;
  readonly imageTags: number;
  /** Of everything that it holds, each blob once. */
  readonly sizeBytes: number;
  /** What other repositories hold too. */
  readonly sharedBytes: number;
  readonly updatedAt: number;
}

/** An image tag of a repository, with what it stands for. */
export interface RegistryImageTag {
  readonly tag: string;
  readonly digest: Digest;
  readonly updatedAt: number;
  readonly description: ImageDescription;
}

/** What the registry's page is made from. */
export interface RegistryView {
  /** How clients reach it, for example `bastion.example.org:5000`; asked at each request. */
  address(): string;
  /** False where it speaks plain HTTP. */
  readonly secure: boolean;
  /** True where pulling needs no login. */
  readonly anonymousPull: boolean;
  /** By name; `total` counts all. */
  repositories(
    page: ListPage,
  ): Promise<{ readonly repositories: readonly RegistryRepository[]; readonly total: number }>;
  /** By code point; throws nothing for a repository that is not there, but gives an empty list. */
  imageTags(repository: string, page: ListPage): Promise<readonly RegistryImageTag[]>;
  /** A manifest of the repository with its layers. */
  image(repository: string, digest: Digest): Promise<ContentsImage | undefined>;
}
