import { spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** A private Postgres server for tests; `urlOf` gives the address of one of its databases. */
export interface TestPostgres {
  urlOf(database: string): string;
}

/** Names a running server to use in place of a private one, as `postgres://superuser@host/postgres`. */
const sharedVariable = 'HOLDFAST_TEST_POSTGRES';

const startLimitMs = 60_000;

// The shell outlives this process only until its standard input ends, which the kernel sees to even on kill -9.
const guardian = `
"$BIN/initdb" -D "$DIR/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 \\
  --locale-provider=icu --icu-locale=en-US --no-sync >"$DIR/log" 2>&1 || exit 1
"$BIN/postgres" -D "$DIR/data" -k "$DIR" -c listen_addresses= -c fsync=off -c synchronous_commit=off \\
  -c full_page_writes=off -c shared_buffers=32MB -c max_connections=200 >>"$DIR/log" 2>&1 &
server=$!
cat >/dev/null
kill -QUIT $server
wait $server
rm -rf "$DIR"
`;

let started: Promise<TestPostgres> | undefined;

/** The server of this test process: started when first asked for, ended and removed when the process ends. */
export function testPostgres(): Promise<TestPostgres> {
  started ??= start();
  return started;
}

async function start(): Promise<TestPostgres> {
  const shared = process.env[sharedVariable];
  if (shared) return { urlOf: (database) => withDatabase(shared, database) };
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-pg-'));
  const account = unprivilegedAccount();
  if (account) chownSync(folder, account.uid, account.gid);
  const child = spawn('/bin/sh', ['-c', guardian], {
    ...account,
    cwd: folder,
    detached: true,
    env: { PATH: process.env.PATH, BIN: findBinaries(), DIR: folder, TZ: 'UTC' },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.unref();
  (child.stdin as unknown as { unref(): void }).unref();
  const urlOf = (database: string) =>
    `postgres://postgres@localhost/${database}?host=${encodeURIComponent(folder)}`;
  const deadline = Date.now() + startLimitMs;
  while (!(await answers(urlOf('postgres')))) {
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error(`Postgres for the tests did not start:\n${readLog(folder)}`);
    await sleep(50);
  }
  return { urlOf };
}

function withDatabase(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

function findBinaries(): string {
  const roots = ['/usr/lib/postgresql', '/usr/pgsql', '/usr/local/pgsql'];
  const folders = roots
    .filter((root) => existsSync(root))
    .flatMap((root) => [
      join(root, 'bin'),
      ...readdirSync(root)
        .sort()
        .reverse()
        .map((v) => join(root, v, 'bin')),
    ])
    .concat((process.env.PATH ?? '').split(':'));
  const found = folders.find(
    (folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')),
  );
  if (found) return found;
  throw new Error(
    `These tests need a real Postgres: run "apt-get install postgresql", or name a server in ${sharedVariable}`,
  );
}

/** Postgres refuses to run as root; undefined where this process is not root. */
function unprivilegedAccount(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const account = ['postgres', 'nobody'].map((name) => accounts.find((a) => a[0] === name)).find(Boolean);
  if (!account)
    throw new Error('Postgres does not run as root and there is no account "postgres" or "nobody"');
  return { uid: Number(account[2]), gid: Number(account[3]) };
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

function readLog(folder: string): string {
  const path = join(folder, 'log');
  return existsSync(path) ? readFileSync(path, 'utf8').slice(-4_000) : '(it wrote no log)';
}
