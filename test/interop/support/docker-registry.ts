import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** True where Debian's docker-registry is installed. */
export const hasDockerRegistry = spawnSync('docker-registry', ['--version']).error === undefined;

export interface DockerRegistryOptions {
  /** Lines of its configuration besides. */
  readonly extra?: string;
  /** Files, for TLS. */
  readonly tls?: { readonly certificate: string; readonly key: string };
}

/** A docker-registry on a free port of loopback, over a folder of its own. */
export async function startDockerRegistry({ extra = '', tls }: DockerRegistryOptions = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-docker-registry-'));
  const port = await freePort();
  const configuration = join(folder, 'config.yml');
  const tlsFields = tls ? `, tls: {certificate: ${tls.certificate}, key: ${tls.key}}` : '';
  await writeFile(
    configuration,
    `version: 0.1
log: {level: error, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: ${join(folder, 'data')}}, delete: {enabled: true}}
http: {addr: "127.0.0.1:${port}"${tlsFields}}
${extra}`,
  );
  let child: ChildProcess;
  const start = async () => {
    child = spawn('docker-registry', ['serve', configuration], { stdio: 'ignore' });
    await isUp(port, child);
  };
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    const ended = once(child, 'exit');
    if (child.exitCode === null && child.signalCode === null && child.kill(signal)) await ended;
  };
  await start();
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    /** kill -9; `start` brings it back with what it had. */
    kill: () => end('SIGKILL'),
    start,
    async close() {
      await end('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function isUp(port: number, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) throw new Error(`docker-registry ended with ${child.exitCode}`);
    const socket = connect(port, '127.0.0.1');
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('docker-registry did not start');
}
