import { authMigrations, createAuth } from '../auth/index.ts';
import type { Config } from '../config/index.ts';
import { changesMigrations, migrate, openDatabase } from '../db/index.ts';
import { createJobs, createRunner, jobsMigrations, type Runner } from '../jobs/index.ts';
import { type Logger, systemClock } from '../kernel/index.ts';
import { createLinks, createReferrers, linksMigrations, referrersMigrations } from '../links/index.ts';
import {
  createAuthority,
  createCatalog,
  createPublish,
  createQuotas,
  createRobots,
  registryMigrations,
} from '../registry/index.ts';
import { createSearchIndex, searchMigrations } from '../search/index.ts';
import { createFsBlobStore } from '../store/index.ts';
import { createCarry } from './carry.ts';
import { openDataFolder } from './data-folder.ts';
import { lazy } from './lazy.ts';
import { snapshotTexts } from './snapshot-texts.ts';

/** Every room's tables, in the order in which they are made. */
const migrations = [
  ...changesMigrations,
  ...jobsMigrations,
  ...searchMigrations,
  ...linksMigrations,
  ...referrersMigrations,
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
  const links = createLinks({ db, search, jobs, clock, texts });
  const carry = createCarry({ links, store, referrers, texts, data });
  const auth = createAuth({ db, clock, dataDir: data.folder });
  const catalog = createCatalog({ db, clock });

  const engine = lazy(async () => {
    const { createEngine } = await import('./engine.ts');
    return createEngine({ config, store, referrers, links, jobs, never, logger });
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
    catalog,
    publish: createPublish({ catalog, store }),
    robots: createRobots({ db, clock }),
    quotas: createQuotas(db),
    authority: createAuthority({ folder: data.registry, clock }),
    runner,
    async close() {
      await (await engine.made?.catch(() => undefined))?.close();
      await db.close();
    },
  };
}
