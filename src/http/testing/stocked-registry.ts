import { describeImage } from '../../images/index.ts';
import type { Descriptor, Digest } from '../../kernel/index.ts';
import { MemoryBlobStore } from '../../store/index.ts';
import { createRegistryView, type ListedFigures } from '../registry/registry-view.ts';
import { storeImage, storeList, type TestImage } from './stored-images.ts';

const amd64 = { os: 'linux', architecture: 'amd64' };
const base = { name: 'debian', size: 31_400_000, createdBy: '/bin/sh -c #(nop) ADD file:debian in /' };
const curl: TestImage = {
  platform: amd64,
  layers: [base, { name: 'curl', size: 4_200_000, createdBy: 'RUN apt-get install -y curl' }],
};

/** A catalog held in memory. */
export function memoryCatalog(
  store: MemoryBlobStore,
  repositories: Readonly<Record<string, Readonly<Record<string, Descriptor>>>>,
  atMs = 1_772_000_000_000,
) {
  const part = <T>(all: readonly T[], name: (one: T) => string, { after = '', limit }: Page) =>
    all
      .filter((one) => name(one) > after)
      .toSorted((a, b) => (name(a) < name(b) ? -1 : 1))
      .slice(0, limit);
  return {
    listRepositories: async (page: Page) => part(Object.keys(repositories), (name) => name, page),
    listTags: async (repository: string, page: Page) =>
      part(Object.entries(repositories[repository] ?? {}), ([tag]) => tag, page).map(([tag, { digest }]) => ({
        tag,
        digest,
        updatedAt: atMs,
      })),
    findManifest: async (repository: string, reference: string) => {
      const tags = repositories[repository] ?? {};
      const roots = Object.values(tags);
      const all = [...roots, ...(await Promise.all(roots.map((root) => childrenOf(store, root)))).flat()];
      const found = tags[reference] ?? all.find(({ digest }) => digest === reference);
      return found && { ...found, sizeBytes: found.size, pushedAt: atMs };
    },
  };
}

/** The figures of the same repositories, from what lies in the store. */
export function memoryFigures(
  store: MemoryBlobStore,
  repositories: Readonly<Record<string, Readonly<Record<string, Descriptor>>>>,
  atMs = 1_772_000_000_000,
): ListedFigures {
  const partsOf = async (name: string) => {
    const roots = Object.values(repositories[name]!);
    const described = await Promise.all(roots.map((root) => describeImage(store, root)));
    return new Map(described.flatMap(({ parts }) => [...parts]));
  };
  return {
    count: async () => Object.keys(repositories).length,
    async repositories({ after = '', limit }) {
      const names = Object.keys(repositories).sort();
      const held = new Map(
        await Promise.all(names.map(async (name) => [name, await partsOf(name)] as const)),
      );
      const isShared = (digest: Digest) => [...held.values()].filter((parts) => parts.has(digest)).length > 1;
      return names
        .filter((name) => name > after)
        .slice(0, limit)
        .map((name) => {
          const parts = [...held.get(name)!];
          const sum = (some: typeof parts) => some.reduce((all, [, size]) => all + size, 0);
          return {
            name,
            imageTags: Object.keys(repositories[name]!).length,
            sizeBytes: sum(parts),
            uniqueBytes: sum(parts.filter(([digest]) => !isShared(digest))),
            pushedAt: atMs,
          };
        });
    },
  };
}

async function childrenOf(store: MemoryBlobStore, { digest }: Descriptor): Promise<Descriptor[]> {
  const { manifests = [] } = JSON.parse(Buffer.from(await store.bytes(digest)).toString());
  return manifests;
}

interface Page {
  readonly after?: string;
  readonly limit: number;
}

/** A registry with a few repositories that share their first layer; `digest` is that of the image `tools/curl:8`. */
export async function stockedRegistry(store = new MemoryBlobStore()) {
  const image = await storeImage(store, curl);
  const both = await storeList(store, [
    { platform: amd64, layers: [base, { name: 'git', size: 18_300_000 }] },
    {
      platform: { os: 'linux', architecture: 'arm64', variant: 'v8' },
      layers: [{ name: 'git-arm', size: 44_100_000 }],
    },
  ]);
  const repositories = { 'tools/curl': { '8': image, latest: image }, 'tools/git': { '2.50': both } };
  const catalog = memoryCatalog(store, repositories);
  const figures = memoryFigures(store, repositories);
  const address = () => 'bastion.example.org:5000';
  const view = createRegistryView({ catalog, figures, store, address, secure: true, anonymousPull: true });
  return { view, digest: image.digest as Digest };
}
