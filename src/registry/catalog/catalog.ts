import type { Db } from '../../db/index.ts';
import type { Clock, Descriptor, Digest } from '../../kernel/index.ts';
import { isDigest } from '../../kernel/index.ts';
import { registryErrors } from '../errors.ts';
import { type Pin, pins } from '../rows.ts';
import type { HeldBlob, HeldManifest, NewManifest, Page, StoredManifest } from '../types.ts';
import * as blobs from './blobs.repo.ts';
import { heldState } from './held.repo.ts';
import * as manifests from './manifests.repo.ts';
import { listReferrers } from './referrers.repo.ts';
import * as repositories from './repositories.repo.ts';
import { assertRoom, type CheckRoom, roomCheck } from './room.ts';
import { deleteTag, findTag, type ListedTag, listTags, setTag, type Tagger } from './tags.repo.ts';

/** A manifest with what is to become visible along with it, and its image tag. */
export interface Published {
  readonly manifest: NewManifest;
  readonly tag: string | undefined;
}

/** Which repository holds what: the registry's tables behind one port. The bytes are in the store. */
export interface Catalog {
  hasRepository(name: string): Promise<boolean>;
  /** Repositories that hold a manifest, sorted. */
  listRepositories(page: Page): Promise<readonly string[]>;
  /** By image tag or digest. */
  findManifest(repository: string, reference: string): Promise<StoredManifest | undefined>;
  /** Adds a manifest whose parts the repository holds; throws `registry.missingPart`, `registry.badManifest` (a size that is not the part's) and `registry.quota`. */
  putManifest(repository: string, manifest: NewManifest, tag: string | undefined): Promise<void>;
  /**
   * Adds manifests of a snapshot, children before parents, and makes their blobs visible; quotas do not hold it up. An image tag
   * that was pushed stays as it is, and where `takesOver` is false (default: true) that of another snapshot too; what gets no
   * image tag is found by its digest.
   */
  publish(
    repository: string,
    published: readonly Published[],
    options?: { readonly takesOver?: boolean },
  ): Promise<void>;
  /** Takes a manifest out, with the image tags that stand for it; true where it was there. */
  deleteManifest(repository: string, digest: Digest): Promise<boolean>;
  deleteTag(repository: string, tag: string): Promise<boolean>;
  listTags(repository: string, page: Page): Promise<readonly ListedTag[]>;
  listReferrers(
    repository: string,
    subject: Digest,
    page: Page & { readonly artifactType?: string },
  ): Promise<readonly Descriptor[]>;
  /** A blob that is visible in the repository; asking for one keeps it from being swept for a while. */
  findBlob(repository: string, digest: Digest): Promise<HeldBlob | undefined>;
  /** Makes a blob of the store visible in a repository; throws `registry.quota`. */
  addBlob(repository: string, blob: HeldBlob): Promise<void>;
  /** Throws `registry.blobInUse` where a manifest of the repository names it; true where it was there. */
  deleteBlob(repository: string, digest: Digest): Promise<boolean>;
  /** Some repositories that hold a blob. */
  repositoriesWithBlob(digest: Digest, limit: number): Promise<readonly string[]>;
  /** A check of bytes on their way into a repository; it throws `registry.quota`. */
  roomCheck(repository: string): Promise<CheckRoom>;
  /** Every manifest that an image tag that was pushed, a pin, an index or a subject holds; what it names is held with it. */
  heldManifests(): AsyncIterable<HeldManifest>;
  /** Forgets manifests whose bytes are gone, with their image tags; gives how many. */
  forgetGone(isThere: (digest: Digest) => Promise<boolean>): Promise<number>;
  /** Blobs that were pushed, mounted or asked for since `sinceMs` and that no manifest names yet: those of pushes under way. */
  looseBlobs(sinceMs: number): Promise<readonly Digest[]>;
  /** Forgets what nothing holds and nobody pushed or asked for since `beforeMs`; the bytes are the store's to free. */
  sweep(beforeMs: number): Promise<{ readonly manifests: number; readonly blobs: number }>;
}

/** A blob that was asked for is touched at most this often. */
const touchEveryMs = 10 * 60_000;
const repositoriesAtATime = 100;

/** Keeps the catalog in a database that has `registryMigrations`. */
export function createCatalog({ db, clock }: { db: Db; clock: Clock }): Catalog {
  const digestOf = async (trx: Db, repository: string, reference: string) =>
    isDigest(reference) ? reference : findTag(trx, repository, reference);

  /** Writes the rows of one manifest; what it holds needs no pin any more. */
  const insert = async (
    trx: Db,
    repository: string,
    { digest, children, ...rest }: NewManifest,
    from: readonly Pin[],
  ) => {
    await manifests.insertManifest(trx, repository, { digest, children, ...rest }, clock.now());
    const held = children.map((child) => child.digest);
    await manifests.movePins(trx, repository, held, from, pins.none);
    await manifests.unpinReferrers(trx, repository, digest, from);
  };

  /** True for what stays for as long as something else that was pushed does. */
  const isHeldByPushed = async (trx: Db, repository: string, { digest, subject }: NewManifest) => {
    const holder =
      (subject && (await manifests.findManifest(trx, repository, subject))) ??
      (await manifests.holderOf(trx, repository, digest));
    if (holder === undefined) return false;
    const { held } = await heldState(trx, repository, { published: false });
    return held.some(({ descriptor }) => descriptor.digest === digest);
  };

  const insertPushed = async (trx: Db, repository: string, { manifest, tag }: Published) => {
    const { digest } = manifest;
    const all = [pins.none, pins.pushed, pins.published];
    await insert(trx, repository, manifest, all);
    // Or its own pin would be what holds it.
    await manifests.movePins(trx, repository, [digest], all, pins.none);
    if (tag !== undefined)
      await setTag(trx, { repository, tag }, { digest, by: 'push', over: ['push', 'snapshot'] }, clock.now());
    else if (!(await isHeldByPushed(trx, repository, manifest)))
      await manifests.movePins(trx, repository, [digest], all, pins.pushed);
  };

  /** What somebody pushed stays held by that. */
  const insertPublished = async (
    trx: Db,
    repository: string,
    { manifest, tag }: Published,
    takesOver: boolean,
  ) => {
    const { digest } = manifest;
    await insert(trx, repository, manifest, [pins.published]);
    const over: readonly Tagger[] = takesOver ? ['snapshot'] : [];
    const isTagged =
      tag !== undefined &&
      (await setTag(trx, { repository, tag }, { digest, by: 'snapshot', over }, clock.now()));
    if (!isTagged) await manifests.movePins(trx, repository, [digest], [pins.none], pins.published);
  };

  async function* repositoryNames(): AsyncGenerator<string> {
    let after = '';
    for (;;) {
      const names = await repositories.listRepositories(db, { after, limit: repositoriesAtATime });
      yield* names;
      if (names.length < repositoriesAtATime) return;
      after = names.at(-1)!;
    }
  }

  return {
    hasRepository: (name) => repositories.hasRepository(db, name),
    listRepositories: (page) => repositories.listRepositories(db, page),

    async findManifest(repository, reference) {
      const digest = await digestOf(db, repository, reference);
      return digest && manifests.findManifest(db, repository, digest);
    },

    putManifest: (repository, manifest, tag) =>
      db.transaction(async (trx) => {
        await assertParts(trx, repository, manifest);
        await assertRoom(trx, repository, manifest.sizeBytes, manifest.digest);
        await repositories.ensureRepository(trx, repository, clock.now());
        await insertPushed(trx, repository, { manifest, tag });
      }),

    publish: (repository, published, { takesOver = true } = {}) =>
      db.transaction(async (trx) => {
        await repositories.ensureRepository(trx, repository, clock.now());
        for (const one of published) {
          const held = one.manifest.blobs.map(({ digest, size }) => ({ digest, sizeBytes: size }));
          await blobs.addBlobs(trx, repository, held, clock.now());
          await insertPublished(trx, repository, one, takesOver);
        }
      }),

    deleteManifest: async (repository, digest) =>
      (await manifests.deleteManifests(db, repository, [digest])) > 0,
    deleteTag: (repository, tag) => deleteTag(db, repository, tag),
    listTags: (repository, page) => listTags(db, repository, page),
    listReferrers: (repository, subject, page) => listReferrers(db, repository, subject, page),

    async findBlob(repository, digest) {
      const blob = await blobs.findBlob(db, repository, digest);
      if (blob && clock.now() - blob.touchedAt > touchEveryMs)
        await blobs.addBlobs(db, repository, [blob], clock.now());
      return blob;
    },

    addBlob: (repository, blob) =>
      db.transaction(async (trx) => {
        await assertRoom(trx, repository, blob.sizeBytes, blob.digest);
        await repositories.ensureRepository(trx, repository, clock.now());
        await blobs.addBlobs(trx, repository, [blob], clock.now());
      }),

    deleteBlob: (repository, digest) =>
      db.transaction(async (trx) => {
        const manifest = await manifests.holderOf(trx, repository, digest);
        if (manifest !== undefined) throw registryErrors.blobInUse({ digest, manifest });
        return blobs.deleteBlob(trx, repository, digest);
      }),

    repositoriesWithBlob: (digest, limit) => blobs.repositoriesWithBlob(db, digest, limit),
    roomCheck: (repository) => roomCheck(db, repository),

    async *heldManifests() {
      for await (const name of repositoryNames())
        yield* (await heldState(db, name, { published: false })).held;
    },

    async forgetGone(isThere) {
      let count = 0;
      for await (const name of repositoryNames())
        for (const digest of await manifests.listDigests(db, name))
          if (!(await isThere(digest))) count += await manifests.deleteManifests(db, name, [digest]);
      return count;
    },

    looseBlobs: (sinceMs) => blobs.listLooseBlobs(db, sinceMs),

    async sweep(beforeMs) {
      let count = 0;
      for await (const name of repositoryNames())
        count += await db.transaction(async (trx) => {
          const { free } = await heldState(trx, name, { published: true });
          const old = free.filter(({ pushedAt }) => pushedAt < beforeMs).map(({ digest }) => digest);
          return old.length === 0 ? 0 : manifests.deleteManifests(trx, name, old);
        });
      const loose = await blobs.deleteLooseBlobs(db, beforeMs);
      await repositories.deleteEmptyRepositories(db, beforeMs);
      return { manifests: count, blobs: loose };
    },
  };
}

async function assertParts(db: Db, repository: string, { blobs: wanted, children }: NewManifest) {
  const digests = (parts: readonly Descriptor[]) => parts.map((part) => part.digest);
  const held = await blobs.blobsAmong(db, repository, digests(wanted));
  const heldChildren = await manifests.manifestsAmong(db, repository, digests(children));
  for (const [parts, sizes] of [
    [wanted, held],
    [children, heldChildren],
  ] as const)
    for (const { digest, size } of parts) {
      const sizeBytes = sizes.get(digest);
      if (sizeBytes === undefined) throw registryErrors.missingPart({ digest, repository });
      if (sizeBytes !== size)
        throw registryErrors.badManifest({
          repository,
          fault: `${digest} has ${sizeBytes} bytes, not ${size}`,
        });
    }
}
