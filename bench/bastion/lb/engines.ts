import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { treeCpuSeconds } from '../../lib/process-tree.ts';

/** A balancer under measurement. */
export interface Engine {
  readonly name: 'Holdfast' | 'haproxy';
  readonly port: number;
  cpuSeconds(): number;
  /** The most memory that it has held so far. */
  peakBytes(): number;
}

export interface Engines extends AsyncDisposable {
  readonly engines: readonly [Engine, Engine];
  /** Where the backend itself listens, to see what it can do without a balancer. */
  readonly backendPort: number;
}

export const largeBytes = 1024 * 1024;

/** Starts nginx as the backend, and Holdfast's balancer and haproxy in front of it, each in a process of its own. */
export async function startEngines(): Promise<Engines> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-lb-'));
  const children: ChildProcess[] = [];
  const start = (program: string, args: readonly string[]) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    children.push(child);
    return child;
  };
  const stop = async () => {
    const ended = children.map((child) => once(child, 'exit'));
    for (const child of children) child.kill('SIGTERM');
    await Promise.all(ended);
    rmSync(folder, { recursive: true });
  };
  try {
    const backendPort = await freePort();
    writeFileSync(join(folder, 'large'), randomBytes(largeBytes));
    writeFileSync(join(folder, 'small'), 'ok');
    writeFileSync(join(folder, 'nginx.conf'), nginxFile(folder, backendPort));
    const nginx = start('/usr/sbin/nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')]);
    await reachable(backendPort, nginx);

    const port = await freePort();
    writeFileSync(join(folder, 'haproxy.cfg'), haproxyFile(port, backendPort));
    const haproxy = start('/usr/sbin/haproxy', ['-db', '-q', '-f', join(folder, 'haproxy.cfg')]);
    await reachable(port, haproxy);

    const worker = join(import.meta.dirname, 'worker.ts');
    const ours = start(process.execPath, ['--disable-warning=ExperimentalWarning', worker, `${backendPort}`]);
    const [said] = await once(ours.stdout!, 'data');
    return {
      backendPort,
      engines: [engine('Holdfast', Number(String(said)), ours), engine('haproxy', port, haproxy)],
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const engine = (name: Engine['name'], port: number, { pid }: ChildProcess): Engine => ({
  name,
  port,
  cpuSeconds: () => treeCpuSeconds(pid!),
  peakBytes: () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024,
});

const nginxFile = (folder: string, port: number) => `daemon off; master_process off; pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events { worker_connections 8192; }
http {
  access_log off; sendfile on; keepalive_requests 100000000; client_max_body_size 0;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
  server {
    listen 127.0.0.1:${port} backlog=4096; root ${folder};
    location /sink { return 204; }
  }
}
`;

const haproxyFile = (port: number, backendPort: number) => `global
  maxconn 8000
defaults
  mode tcp
  timeout connect 5s
  timeout client 1h
  timeout server 1h
listen bench
  bind 127.0.0.1:${port} backlog 4096
  server nginx 127.0.0.1:${backendPort} check
`;

async function reachable(port: number, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`"${child.spawnfile}" ended with ${child.exitCode}`);
    const socket = connect(port, '127.0.0.1');
    const open = await new Promise((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    socket.destroy();
    if (open) return;
    await sleep(50);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
