import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import {
  type AddressInfo,
  createServer as createNetServer,
  type Server as NetServer,
  type Socket,
} from 'node:net';
import type { Resolver } from '../resolver.ts';

/** The address that tests allow; the canary listens on another one. */
export const allowedAddress = '127.0.0.2';

/** A server of a test, closed with all its connections at the end of the scope. */
export interface TestServer extends AsyncDisposable {
  readonly port: number;
  /** How many connections ever arrived. */
  readonly connections: number;
  readonly sockets: ReadonlySet<Socket>;
}

/** A web server on the allowed address (or another). */
export async function startOrigin(listener: RequestListener, address = allowedAddress): Promise<TestServer> {
  return listen(createServer({ keepAliveTimeout: 60_000 }, listener), address);
}

/** A server of bare connections on the allowed address. */
export async function startTcp(onSocket: (socket: Socket) => void): Promise<TestServer> {
  return listen(
    createNetServer((socket) => {
      socket.on('error', () => {});
      onSocket(socket);
    }),
    allowedAddress,
  );
}

/** A server that nothing may reach: every connection counts, and is answered as a web server would. */
export async function startCanary(
  address = '127.0.0.1',
): Promise<TestServer & { readonly paths: readonly string[] }> {
  const paths: string[] = [];
  const origin = await startOrigin((request, response) => {
    paths.push(request.url ?? '');
    response.writeHead(200, { 'access-control-allow-origin': '*' }).end('secret');
  }, address);
  return Object.defineProperty(origin, 'paths', { value: paths }) as never;
}

async function listen(server: Server | NetServer, address: string): Promise<TestServer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, address);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    sockets,
    get connections() {
      return connections;
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** A resolver that knows these names and no others; `asked` counts. */
export function resolverOf(
  names: Readonly<Record<string, readonly string[]>>,
): Resolver & { asked: string[] } {
  const asked: string[] = [];
  const resolver: Resolver = async (name) => {
    asked.push(name);
    const addresses = names[name];
    if (!addresses) throw new Error(`getaddrinfo ENOTFOUND ${name}`);
    return addresses;
  };
  return Object.assign(resolver, { asked });
}

/** Waits until something holds; fails the test by its own time limit where it never does. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}
