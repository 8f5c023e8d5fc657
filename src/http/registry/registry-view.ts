import {
  describeImage,
  type ImageDescription,
  type ManifestReader,
  type PlatformImage,
  readFacts,
} from '../../images/index.ts';
import type { Descriptor, Digest } from '../../kernel/index.ts';
import { keepLast } from '../keep-last.ts';
import type { ListPage, RegistryRepository, RegistryView } from './types.ts';

/** What the page needs of a registry's catalog; times are epoch milliseconds. */
export interface ListedCatalog {
  listRepositories(page: ListPage): Promise<readonly string[]>;
  listTags(
    repository: string,
    page: ListPage,
  ): Promise<readonly { readonly tag: string; readonly digest: Digest; readonly updatedAt: number }[]>;
  findManifest(
    repository: string,
    reference: string,
  ): Promise<
    | {
        readonly digest: Digest;
        readonly mediaType: string;
        readonly sizeBytes: number;
        readonly pushedAt: number;
      }
    | undefined
  >;
}

/** What repositories hold, in figures, as a registry keeps them; `uniqueBytes` is what no other repository holds. */
export interface ListedFigures {
  repositories(page: ListPage): Promise<
    readonly {
      readonly name: string;
      readonly imageTags: number;
      readonly sizeBytes: number;
      readonly uniqueBytes: number;
      readonly pushedAt: number;
    }[]
  >;
  /** How many there are in all. */
  count(): Promise<number>;
}

export interface RegistryViewDeps extends Pick<RegistryView, 'address' | 'secure' | 'anonymousPull'> {
  readonly catalog: ListedCatalog;
  readonly figures: ListedFigures;
  /** Where the manifests lie. */
  readonly store: ManifestReader;
}

/** Descriptions kept: those of a large release and then some, a few KB each. */
const kept = 512;
const atOnce = 200;

/** Shows a registry by its figures, its catalog and the manifests in the store; a manifest never changes, so each is described once. */
export function createRegistryView({ catalog, figures, store, ...reach }: RegistryViewDeps): RegistryView {
  const describe = keepLast(kept, (key: string): Promise<ImageDescription> => {
    const [digest, mediaType, size] = key.split(' ');
    return describeImage(store, { digest: digest as Digest, mediaType: mediaType!, size: Number(size) });
  });
  const describeTag = async (repository: string, digest: Digest) => {
    const found = await catalog.findManifest(repository, digest);
    return found && describe(keyOf({ ...found, size: found.sizeBytes }));
  };

  /** Everything by pages of `atOnce`, so that no list is read at once. */
  async function* tagsOf(repository: string) {
    for (let after: string | undefined; ; ) {
      const tags = await catalog.listTags(repository, { limit: atOnce, ...(after && { after }) });
      yield* tags;
      if (tags.length < atOnce) return;
      after = tags.at(-1)!.tag;
    }
  }

  return {
    ...reach,
    async repositories(page) {
      const [listed, total] = await Promise.all([figures.repositories(page), figures.count()]);
      const repositories = listed.map(
        ({ name, imageTags, sizeBytes, uniqueBytes, pushedAt }): RegistryRepository => ({
          name,
          imageTags,
          updatedAt: pushedAt,
          sizeBytes,
          sharedBytes: sizeBytes - uniqueBytes,
        }),
      );
      return { repositories, total };
    },
    async imageTags(repository, page) {
      const described = [];
      for (const tag of await catalog.listTags(repository, page)) {
        const description = await describeTag(repository, tag.digest);
        if (description) described.push({ ...tag, description });
      }
      return described;
    },
    async image(repository, digest) {
      const found = await catalog.findManifest(repository, digest);
      if (!found) return undefined;
      const { images } = await describe(keyOf({ ...found, size: found.sizeBytes }));
      const image = images.find(({ descriptor }) => descriptor.digest === digest);
      if (!image) return undefined;
      return {
        image,
        facts: image.config && (await readFacts(store, image.config)),
        layerUses: await usesOf(repository, image),
      };
    },
  };

  async function usesOf(repository: string, { layers }: PlatformImage): Promise<number[]> {
    const images = new Map<Digest, PlatformImage>();
    for await (const { digest } of tagsOf(repository))
      for (const image of (await describeTag(repository, digest))?.images ?? [])
        images.set(image.descriptor.digest, image);
    return layers.map(
      ({ digest }) =>
        [...images.values()].filter((image) => image.layers.some((layer) => layer.digest === digest)).length,
    );
  }
}

const keyOf = ({ digest, mediaType, size }: Descriptor) => `${digest} ${mediaType} ${size}`;
