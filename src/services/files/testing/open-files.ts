import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { createFileService } from '../file-service.ts';
import type { FetchEvent, FileServiceOptions } from '../types.ts';

/** A file service of a test on a free port of loopback, closed at its end, and a folder for its files. */
export async function openFiles(t: TestContext, optionsOf: (folder: string) => FileServiceOptions) {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-files-'));
  const events: FetchEvent[] = [];
  const service = createFileService({ onFetch: (event) => events.push(event), ...optionsOf(folder) });
  const { port } = await service.listen({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${port}`;
  t.after(async () => {
    await service.close(0);
    await rm(folder, { recursive: true, force: true });
  });
  return {
    folder,
    service,
    events,
    url,
    port,
    get: (path: string, headers: Record<string, string> = {}, method = 'GET') =>
      fetch(url + path, { method, headers }),
    raw: (text: string) => askRaw(port, text),
    /** Waits until as many fetches have ended. */
    async ended(count: number) {
      while (events.filter(({ kind }) => kind === 'ended').length < count)
        await new Promise((resolve) => setTimeout(resolve, 5));
    },
  };
}

/** Sends bytes as they are and reads until the other side closes. */
export async function askRaw(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.write(text, 'latin1');
  await once(socket, 'close');
  return Buffer.concat(chunks).toString('latin1');
}
