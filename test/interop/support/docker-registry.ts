import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** True where Debian's docker-registry is installed. */
export const hasDockerRegistry = spawnSync('docker-registry', ['--version']).error === undefined;

/** A docker-registry on a free port of loopback, over a folder of its own; `extra` are lines of its configuration. */
export async function startDockerRegistry(extra = '') {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-docker-registry-'));
  const port = await freePort();
  const configuration = join(folder, 'config.yml');
  await writeFile(
    configuration,
    `version: 0.1
log: {level: error, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: ${join(folder, 'data')}}, delete: {enabled: true}}
http: {addr: "127.0.0.1:${port}"}
${extra}`,
  );
  const child = spawn('docker-registry', ['serve', configuration], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  await isUp(url, child);
  return {
    url,
    port,
    async close() {
      const ended = once(child, 'exit');
      if (child.exitCode === null && child.kill('SIGTERM')) await ended;
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

async function isUp(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) throw new Error(`docker-registry ended with ${child.exitCode}`);
    const answer = await fetch(`${url}/v2/`).catch(() => undefined);
    if (answer) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('docker-registry did not start');
}
