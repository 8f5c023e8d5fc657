import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { httpErrors } from './errors.ts';
import { isLoopbackAddress } from './guard/peer.ts';

export interface ListenOptions {
  readonly fetch: (request: Request, env: never) => Response | Promise<Response>;
  /** An address, or `localhost`. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** True where the application asks nobody of this machine for a login; refused on any other address. */
  readonly open: boolean;
}

export interface Listening {
  readonly host: string;
  readonly port: number;
  /** Takes no more connections, lets answers under way end for at most `graceMs`, then cuts them. */
  stop(graceMs?: number): Promise<void>;
}

const second = 1_000;

/** Serves an application over HTTP; throws `http.openBeyondLoopback` and `http.listen`. */
export async function listen({ fetch, host, port, open }: ListenOptions): Promise<Listening> {
  const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  if (open && host !== 'localhost' && !isLoopbackAddress(host))
    throw httpErrors.openBeyondLoopback({ address });
  const server = createAdaptorServer({
    fetch: fetch as never,
    serverOptions: {
      maxHeaderSize: 32 * 1024,
      headersTimeout: 15 * second,
      requestTimeout: 120 * second,
      keepAliveTimeout: 10 * second,
      connectionsCheckingInterval: 5 * second,
      requireHostHeader: true,
      insecureHTTPParser: false,
    },
  }) as Server;
  server.maxHeadersCount = 100;
  server.maxConnections = 1_000;
  // A request line that is no HTTP gets a short answer and no stack.
  server.on('clientError', (_, socket) => {
    if (socket.writable)
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    else socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(httpErrors.listen({ address, detail: cause.code ?? cause.message }, { cause })),
    );
    server.listen({ host, port }, resolve);
  });
  const bound = server.address();
  return {
    host,
    port: typeof bound === 'object' && bound !== null ? bound.port : port,
    stop: (graceMs = 5 * second) => stop(server, graceMs),
  };
}

async function stop(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection whose answer has just ended would be kept alive for the next request.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(timer);
}
