import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const name = 'replaywebpage';
const version = '2.5.3';
const folder = fileURLToPath(new URL(`../../../../.cache/witness/${name}-${version}`, import.meta.url));

/** The folder of ReplayWeb.page's own player, fetched by npm where it is not there yet; it is a witness, no dependency. */
export async function installPlayer(): Promise<string> {
  if (existsSync(join(folder, 'sw.js'))) return folder;
  await mkdir(join(folder, '..'), { recursive: true });
  const work = await mkdtemp(`${folder}-`);
  try {
    // Its package alone: it is built, and the packages that it was built from are not needed to run it.
    await run('npm', ['pack', `${name}@${version}`, '--silent', '--pack-destination', work], {
      timeout: 60_000,
    });
    await run('tar', ['-xzf', join(work, `${name}-${version}.tgz`), '-C', work]);
    await rename(join(work, 'package'), folder).catch((error: NodeJS.ErrnoException) => {
      // Another run was faster.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return folder;
}

/** Serves the player, and an archive beside it at `/page.wacz`, on a loopback port; localhost is a secure context. */
export async function servePlayer(
  player: string,
  archive: Uint8Array,
): Promise<{ origin: string; server: Server }> {
  const files: Record<string, [string, Uint8Array]> = {
    '/': ['text/html', await readFile(join(player, 'index.html'))],
    '/ui.js': ['text/javascript', await readFile(join(player, 'ui.js'))],
    '/sw.js': ['text/javascript', await readFile(join(player, 'sw.js'))],
    '/page.wacz': ['application/wacz', archive],
  };
  const server = createServer((request, response) => {
    const [mediaType, bytes] = files[new URL(request.url ?? '/', 'http://localhost').pathname] ?? [];
    if (bytes === undefined) return void response.writeHead(404).end();
    const headers = { 'Content-Type': mediaType, 'Accept-Ranges': 'bytes' };
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
    if (range === null)
      return void response.writeHead(200, { ...headers, 'Content-Length': bytes.length }).end(bytes);
    const start = Number(range[1]);
    const end = Math.min(range[2] ? Number(range[2]) : Number.POSITIVE_INFINITY, bytes.length - 1);
    const part = bytes.subarray(start, end + 1);
    const about = { 'Content-Range': `bytes ${start}-${end}/${bytes.length}`, 'Content-Length': part.length };
    response.writeHead(206, { ...headers, ...about }).end(part);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { origin: `http://localhost:${(server.address() as AddressInfo).port}`, server };
}
