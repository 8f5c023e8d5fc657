import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBalancer } from '../../../src/services/lb/index.ts';
import { until } from '../../../src/services/lb/testing/client.ts';
import type { StubBackend } from '../../../src/services/lb/testing/stub-backend.ts';

/** A balancer as the cases see it, whoever made it: one frontend, checks by GET /readyz, rise 3, fall 2. */
export interface Peer extends AsyncDisposable {
  readonly port: number;
  isUp(backend: string): Promise<boolean>;
  /** Gives it no new connections. */
  drain(backend: string): Promise<void>;
}

export interface PeerOptions {
  readonly backends: readonly StubBackend[];
  /** Sessions to one backend; more wait. */
  readonly sessionsPerBackend?: number;
  /** Ends the sessions of a backend that goes down. */
  readonly closeWhenDown?: boolean;
}

export type StartPeer = (options: PeerOptions) => Promise<Peer>;

const [intervalMs, fastIntervalMs, checkTimeoutMs] = [60, 30, 2000];
const [rise, fall] = [3, 2];

/** Holdfast's balancer. */
export const startOurs: StartPeer = async ({ backends, sessionsPerBackend = 1000, closeWhenDown }) => {
  const balancer = createBalancer({
    frontends: [
      {
        name: 'front',
        listen: { host: '127.0.0.1', port: 0 },
        check: {
          kind: 'http',
          path: '/readyz',
          intervalMs,
          fastIntervalMs,
          downIntervalMs: fastIntervalMs,
          timeoutMs: checkTimeoutMs,
          rise,
          fall,
        },
        slowStartMs: 0,
        limits: { sessionsPerBackend, queueTimeoutMs: 20_000 },
        ...(closeWhenDown && { closeDownAfterMs: 0 }),
        backends: backends.map(({ name, port }) => ({ name, port, address: '127.0.0.1' })),
      },
    ],
  });
  const [{ port } = { port: 0 }] = await balancer.listen();
  return {
    port,
    isUp: async (name) =>
      balancer.state().frontends[0]!.backends.some((one) => one.name === name && one.health === 'up'),
    async drain(name) {
      void balancer.drain(name);
    },
    [Symbol.asyncDispose]: async () => void (await balancer.close()),
  };
};

/** Debian keeps it where the PATH of a plain user does not look. */
export const haproxy = existsSync('/usr/sbin/haproxy') ? '/usr/sbin/haproxy' : 'haproxy';

/** haproxy, asked over its own socket. */
export const startHaproxy: StartPeer = async ({ backends, sessionsPerBackend = 1000, closeWhenDown }) => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-haproxy-'));
  const socketPath = join(folder, 'socket');
  const port = await freePort();
  const check = `check inter ${intervalMs} fastinter ${fastIntervalMs} downinter ${fastIntervalMs} rise ${rise} fall ${fall}`;
  const onDown = closeWhenDown ? ' on-marked-down shutdown-sessions' : '';
  const lines = [
    'global',
    '  maxconn 4000',
    `  stats socket ${socketPath} level admin`,
    'defaults',
    '  mode tcp',
    '  option redispatch 1',
    '  retries 3',
    '  timeout connect 1s',
    '  timeout client 1h',
    '  timeout server 1h',
    '  timeout queue 20s',
    `  timeout check ${checkTimeoutMs}`,
    'listen front',
    `  bind 127.0.0.1:${port}`,
    '  balance roundrobin',
    '  option httpchk GET /readyz',
    '  http-check expect status 200',
    ...backends.map(
      ({ name, port }) =>
        `  server ${name} 127.0.0.1:${port} ${check} maxconn ${sessionsPerBackend}${onDown}`,
    ),
  ];
  await writeFile(join(folder, 'haproxy.cfg'), `${lines.join('\n')}\n`);
  const child = spawn(haproxy, ['-db', '-q', '-f', join(folder, 'haproxy.cfg')], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  const ask = (command: string) => askSocket(socketPath, command).catch(() => '');
  await until(
    () => ask('show info'),
    (answer) => answer !== '',
  );
  return {
    port,
    async isUp(name) {
      const row = (await ask('show stat')).split('\n').find((line) => line.startsWith(`front,${name},`));
      return row !== undefined && /^UP/.test(row.split(',')[17]!);
    },
    async drain(name) {
      await ask(`set server front/${name} state drain`);
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true });
    },
  };
};

async function askSocket(path: string, command: string): Promise<string> {
  const socket = connect(path);
  socket.end(`${command}\n`);
  let answer = '';
  for await (const part of socket) answer += String(part);
  return answer;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
