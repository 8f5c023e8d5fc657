import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { authMigrations, createAuth } from '../../auth/index.ts';
import { createSnapshotReaders } from '../../capture/index.ts';
import { changesMigrations, lastChange, migrate, openDatabase, watchChanges } from '../../db/index.ts';
import { createJobs, jobsMigrations } from '../../jobs/index.ts';
import type { Logger } from '../../kernel/index.ts';
import { createLinks, linksMigrations } from '../../links/index.ts';
import { createSearchIndex, searchMigrations } from '../../search/index.ts';
import { MemoryBlobStore } from '../../store/index.ts';
import { createHttpApp } from '../app.ts';
import type { HttpConfig, HttpDeps } from '../deps.ts';
import { createReplayApp } from '../replay/app.ts';
import { newSnapshot, storeSnapshot, type TestPart } from './stored-snapshot.ts';

export const password = 'correct horse battery';

export interface CallOptions {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The address of the client; a loopback one where absent. */
  readonly remote?: string;
  readonly host?: string;
}

/** The real rooms on SQLite under the application, without a port. `open: false` asks for a login. */
export async function createHarness(config: Partial<HttpConfig> = {}, ports: Partial<HttpDeps> = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'holdfast-http-'));
  const db = openDatabase(join(dataDir, 'test.sqlite'));
  await migrate(
    db,
    [...changesMigrations, ...jobsMigrations, ...searchMigrations, ...linksMigrations, ...authMigrations],
    0,
  );
  let now = Date.now();
  const clock = { now: () => now };
  const logged: { level: string; fields: object; message: string | undefined }[] = [];
  const log = (level: string) => (fields: object, message?: string) =>
    void logged.push({ level, fields, message });
  const logger: Logger = {
    debug: log('debug'),
    info: log('info'),
    warn: log('warn'),
    error: log('error'),
    child: () => logger,
  };
  const jobs = createJobs({ db, clock });
  const store = new MemoryBlobStore();
  const links = createLinks({ db, jobs, clock, search: createSearchIndex(db) });
  const auth = createAuth({ db, clock, dataDir });
  const deps: HttpDeps = {
    links,
    jobs,
    auth,
    clock,
    logger,
    snapshots: createSnapshotReaders({ store }),
    changes: {
      last: () => lastChange(db),
      watch: (since, signal) => watchChanges(db, since, { signal, everyMs: 5 }),
    },
    config: { version: '1.2.3', dataDir, open: true, ports: { ui: 8420, replay: 8421 }, ...config },
    ...ports,
  };
  const app = createHttpApp(deps);
  const replay = createReplayApp(deps);
  after(async () => {
    app.close();
    await db.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const caller =
    (target: typeof app.request, port: number) =>
    async (path: string, { method = 'GET', body, headers = {}, remote, host }: CallOptions = {}) => {
      const origin = `http://${host ?? `127.0.0.1:${port}`}`;
      const init: RequestInit = { method, headers: { host: new URL(origin).host, ...headers } };
      if (body !== undefined) {
        init.body = typeof body === 'string' ? body : JSON.stringify(body);
        init.headers = { 'content-type': 'application/json', ...init.headers };
      }
      const incoming = { socket: { remoteAddress: remote ?? '127.0.0.1' } };
      return await target(`${origin}${path}`, init, { incoming });
    };

  return {
    ...deps,
    app,
    db,
    dataDir,
    store,
    logged,
    wait: (ms: number) => (now += ms),
    call: caller(app.request, 8420),
    callReplay: caller(replay.request, 8421),
    /** Adds a link with a snapshot made of these parts. */
    async keep(url: string, parts: readonly TestPart[], change: Parameters<typeof newSnapshot>[2] = {}) {
      const [added] = await links.add([{ url }]);
      const digest = await storeSnapshot(store, parts);
      const snapshot = await links.recordSnapshot(newSnapshot(added!.link.id, digest, change));
      return { linkId: added!.link.id, snapshot };
    },
    /** Makes a user and logs in; gives the headers of a browser in that session. */
    async logIn(name = 'ann') {
      await auth.createUser({ name, password, role: 'administrator' });
      const session = await auth.logIn({ name, password, address: '10.0.0.1' });
      return {
        session,
        headers: { cookie: `holdfast_session=${session.secret}`, 'x-holdfast-csrf': session.csrf },
      };
    },
  };
}

export type Harness = Awaited<ReturnType<typeof createHarness>>;
