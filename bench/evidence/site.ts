import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What a site answers with for a path; undefined makes a 404, a function sees to the response itself. */
export type Reply = Answer | ((request: IncomingMessage, response: ServerResponse) => void);

export interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export interface SiteSource {
  readonly name: string;
  reply(path: string): Reply | undefined | Promise<Reply | undefined>;
}

/** A site on an address of its own. It remembers what it answered, so that outcomes can be checked against it. */
export interface Site {
  readonly name: string;
  readonly origin: string;
  /** The last status given for a path with its query; 0 where the response was left to a function. */
  statusOf(pathAndQuery: string): number | undefined;
  close(): Promise<void>;
}

const notFound: Answer = {
  status: 404,
  type: 'text/html; charset=utf-8',
  body: '<!doctype html><title>404 Not Found</title><h1>Not Found</h1><p>The requested URL was not found on this server.</p>',
};

/** Serves a site on a loopback address (127.0.`block`.`index`), as if it were a host of its own. */
export async function serveSite(source: SiteSource, index: number, block = 1): Promise<Site> {
  const statuses = new Map<string, number>();
  const sockets = new Set<Socket>();
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://site.invalid');
    const reply = (await source.reply(decodeURIComponent(url.pathname))) ?? notFound;
    const key = url.pathname + url.search;
    if (typeof reply === 'function') {
      statuses.set(key, 0);
      return reply(request, response);
    }
    statuses.set(key, reply.status ?? 200);
    response.writeHead(reply.status ?? 200, {
      'content-type': reply.type ?? 'text/html; charset=utf-8',
      ...reply.headers,
    });
    response.end(reply.body);
  });
  server.on('connection', (socket) => sockets.add(socket.on('close', () => sockets.delete(socket))));
  const host = `127.0.${block}.${index + 1}`;
  await new Promise<void>((done, fail) => server.once('error', fail).listen(0, host, done));
  return {
    name: source.name,
    origin: `http://${host}:${(server.address() as AddressInfo).port}`,
    statusOf: (key) => statuses.get(key),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}
