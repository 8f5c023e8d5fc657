import type { Db } from '../../db/index.ts';
import { maxManifestBytes, type Platform, readManifest } from '../../images/index.ts';
import { type Descriptor, type Digest, hasCode } from '../../kernel/index.ts';
import type { BlobStore } from '../../store/index.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { registryErrors } from '../errors.ts';
import type { Page } from '../types.ts';
import { figuresOf, type RepositoryFigures } from './repositories.repo.ts';

/** One image of a manifest or list: what one platform pulls. */
export interface ShownImage {
  readonly digest: Digest;
  readonly mediaType: string;
  /** Undefined where neither the list nor the config says it, as with artifacts. */
  readonly platform: Platform | undefined;
  readonly artifactType: string | undefined;
  readonly layers: readonly Descriptor[];
  /** Config and layers together. */
  readonly sizeBytes: number;
}

/** What an image tag or digest stands for, with every image that it leads to and the store holds. */
export interface ShownManifest {
  readonly digest: Digest;
  readonly mediaType: string;
  readonly images: readonly ShownImage[];
}

/** What a page about the registry shows. */
export interface RegistryViews {
  /** Repositories by name, with what they hold and share. */
  repositories(page: Page): Promise<readonly RepositoryFigures[]>;
  /** Throws `registry.noManifest`. */
  manifest(repository: string, reference: string): Promise<ShownManifest>;
}

/** A config that is larger tells no platform. */
const maxConfigBytes = 1024 * 1024;
const maxDepth = 8;

/** Makes the queries of pages about the registry. */
export function createRegistryViews(deps: { db: Db; catalog: Catalog; store: BlobStore }): RegistryViews {
  const { db, catalog, store } = deps;

  const platformOf = async (config: Descriptor | undefined): Promise<Platform | undefined> => {
    if (
      !config ||
      config.size > maxConfigBytes ||
      !/(?:image\.config|container\.image)/.test(config.mediaType)
    )
      return undefined;
    try {
      const { os, architecture, variant } = JSON.parse(
        Buffer.from(await store.bytes(config.digest, maxConfigBytes)).toString(),
      );
      if (typeof os !== 'string' || typeof architecture !== 'string') return undefined;
      return { os, architecture, ...(typeof variant === 'string' && { variant }) };
    } catch {
      return undefined;
    }
  };

  async function* imagesOf(
    { digest, mediaType }: { digest: Digest; mediaType: string },
    platform: Platform | undefined,
    depth: number,
  ): AsyncGenerator<ShownImage> {
    const bytes = await store.bytes(digest, maxManifestBytes).catch((error) => {
      if (depth > 0 && hasCode(error, 'store.notFound')) return undefined;
      throw error;
    });
    if (!bytes) return;
    const { kind, config, layers, manifests, artifactType } = readManifest(bytes, mediaType, digest);
    if (kind === 'index') {
      if (depth < maxDepth) for (const entry of manifests) yield* imagesOf(entry, entry.platform, depth + 1);
      return;
    }
    const parts = [...(config ? [config] : []), ...layers];
    yield {
      digest,
      mediaType,
      platform: platform ?? (await platformOf(config)),
      artifactType,
      layers,
      sizeBytes: parts.reduce((sum, part) => sum + part.size, 0),
    };
  }

  return {
    async repositories(page) {
      return figuresOf(db, await catalog.listRepositories(page));
    },
    async manifest(repository, reference) {
      const found = await catalog.findManifest(repository, reference);
      if (!found) throw registryErrors.noManifest({ repository, reference: reference.slice(0, 200) });
      const { digest, mediaType } = found;
      return { digest, mediaType, images: await Array.fromAsync(imagesOf(found, undefined, 0)) };
    },
  };
}
