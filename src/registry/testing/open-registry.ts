import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, openDatabase } from '../../db/index.ts';
import { type Logger, silentLogger, systemClock } from '../../kernel/index.ts';
import { createFsBlobStore } from '../../store/index.ts';
import { createPolicy, type PolicyOptions } from '../access/policy.ts';
import { createQuotas } from '../access/quotas.ts';
import { createRobots } from '../access/robots.ts';
import { createCatalog } from '../catalog/catalog.ts';
import { registryMigrations } from '../migrations.ts';
import { createPublish } from '../publish.ts';
import { createIdentify } from '../server/identify.ts';
import type { Limits } from '../server/limits.ts';
import { createRegistryServer, type TlsIdentity } from '../server/registry-server.ts';

export interface OpenRegistryOptions {
  /** A folder that is kept; absent: one that is removed at the end. */
  readonly folder?: string;
  readonly policy?: Partial<PolicyOptions>;
  readonly limits?: Partial<Limits>;
  readonly tls?: TlsIdentity;
  readonly logger?: Logger;
}

/** A registry of a test on a free port of loopback, with the one user "user", whose password is "password". */
export async function openRegistry(options: OpenRegistryOptions = {}) {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'holdfast-registry-')));
  const clock = systemClock;
  const db = openDatabase(join(folder, 'test.sqlite'));
  await migrate(db, registryMigrations, clock.now());
  const store = await createFsBlobStore({ root: join(folder, 'store') });
  const catalog = createCatalog({ db, clock });
  const robots = createRobots({ db, clock });
  const policy = createPolicy({
    openOnLoopback: true,
    anonymousPull: false,
    readOnly: false,
    ...options.policy,
  });
  const identify = createIdentify({
    robots,
    clock,
    checkPassword: async ({ name, password }) =>
      name === 'user' && password === 'password' ? { name } : undefined,
  });
  const { logger = silentLogger, limits = {}, tls } = options;
  const server = await createRegistryServer({ catalog, store, policy, identify, logger, limits }).listen({
    host: '127.0.0.1',
    port: 0,
    ...(tls && { tls }),
  });
  return {
    folder,
    db,
    store,
    catalog,
    robots,
    quotas: createQuotas(db),
    publish: createPublish({ catalog, store }),
    server,
    port: server.port,
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${server.port}`,
    async close() {
      await server.stop(100);
      await db.close();
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}
