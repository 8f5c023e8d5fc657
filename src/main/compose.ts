import { authMigrations, createAuth } from '../auth/index.ts';
import type { Config } from '../config/index.ts';
import { changesMigrations, migrate, openDatabase } from '../db/index.ts';
import { createJobs, createRunner, jobsMigrations, type Runner } from '../jobs/index.ts';
import { type Digest, type Logger, systemClock } from '../kernel/index.ts';
import {
  createHolds,
  createLinks,
  createReferrers,
  createRetention,
  linksMigrations,
  referrersMigrations,
  retentionMigrations,
} from '../links/index.ts';
import {
  createAuthority,
  createCatalog,
  createPublish,
  createQuotas,
  createRegistryViews,
  createRobots,
  registryMigrations,
} from '../registry/index.ts';
import { createSearchIndex, searchMigrations } from '../search/index.ts';
import { createFsBlobStore } from '../store/index.ts';
import { createCarry } from './carry.ts';
import { createCollector } from './collector.ts';
import { openDataFolder } from './data-folder.ts';
import { lazy } from './lazy.ts';
import { publishing } from './publishing.ts';
import { looseKeptMs, pushedRoots } from './pushed-roots.ts';
import { snapshotTexts } from './snapshot-texts.ts';
import { createTransfer } from './transfer.ts';

/** Every room's tables, in the order in which they are made. */
const migrations = [
  ...changesMigrations,
  ...jobsMigrations,
  ...searchMigrations,
  ...linksMigrations,
  ...referrersMigrations,
  ...retentionMigrations,
  ...authMigrations,
  ...registryMigrations,
];

/** The program over one data folder; the parts that are slow to load are made when they are asked for. */
export type Composed = Awaited<ReturnType<typeof compose>>;

/** Puts the program together. `never` are addresses of our own servers, which no capture may reach. */
export async function compose(config: Config, logger: Logger, never: readonly string[]) {
  const clock = systemClock;
  const data = openDataFolder(config.data);
  const db = openDatabase(config.database ?? data.database);
  await migrate(db, migrations, clock.now()).catch(async (error) => {
    await db.close();
    throw error;
  });
  const store = await createFsBlobStore({ root: data.store });

  const jobs = createJobs({ db, clock });
  const search = createSearchIndex(db);
  const referrers = createReferrers(db);
  const readers = lazy(async () => {
    const { createSnapshotReaders } = await import('../capture/index.ts');
    return createSnapshotReaders({ store, findReferrer: referrers.find });
  });
  const texts = snapshotTexts(readers);
  const catalog = createCatalog({ db, clock });
  const publish = createPublish({ catalog, store });
  const links = publishing(createLinks({ db, search, jobs, clock, texts }), async (snapshot) => {
    const { publishSnapshot } = await import('./publish-snapshot.ts');
    await publishSnapshot({ store, publish }, snapshot);
  });
  const auth = createAuth({ db, clock, dataDir: data.folder });

  const retention = createRetention({ db, clock });
  const holds = createHolds({ db, clock });
  const carry = createCarry({ links, store, referrers, texts, holds, data });
  /** Who keeps manifests besides the links. */
  const otherRoots: readonly (() => AsyncIterable<Digest>)[] = [() => pushedRoots(catalog)];
  const collectGarbage = createCollector({
    store,
    links,
    referrers,
    retention,
    holds,
    rules: config.keep,
    otherRoots,
    otherBlobs: (sinceMs) => catalog.looseBlobs(sinceMs),
    async forgetGone() {
      await catalog.forgetGone(async (digest) => (await store.stat(digest)) !== undefined);
      await catalog.sweep(clock.now() - looseKeptMs);
    },
    clock,
  });

  const engine = lazy(async () => {
    const { createEngine } = await import('./engine.ts');
    return createEngine({ config, store, referrers, links, jobs, holds, never, logger });
  });
  const runner = async (onlyJobs?: readonly string[]): Promise<Runner> =>
    createRunner({
      db,
      clock,
      logger,
      handlers: (await engine()).handlers,
      concurrency: config.captureConcurrency,
      ...(onlyJobs && { onlyJobs }),
    });

  return {
    clock,
    data,
    db,
    store,
    jobs,
    links,
    referrers,
    readers,
    auth,
    carry,
    transfer: createTransfer({ config, links, store, referrers, holds, never }),
    catalog,
    publish,
    robots: createRobots({ db, clock }),
    quotas: createQuotas(db),
    registryViews: createRegistryViews({ db, catalog }),
    authority: createAuthority({ folder: data.registry, clock }),
    retention,
    holds,
    otherRoots,
    collectGarbage,
    runner,
    async close() {
      await (await engine.made?.catch(() => undefined))?.close();
      await db.close();
    },
  };
}
