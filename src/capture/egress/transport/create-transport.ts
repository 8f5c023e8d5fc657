import { connect, type Socket } from 'node:net';
import type { HttpTransport, OutgoingRequest } from '../../../kernel/index.ts';
import { connected, dial } from '../dial.ts';
import { dialTls } from '../dial-tls.ts';
import type { PinnedTarget } from '../types.ts';
import { exchange } from './exchange.ts';
import { failureOf, wasClosed } from './failure.ts';
import { type Connection, createConnection } from './http1/connection.ts';
import { createIdleConnections } from './http1/idle-connections.ts';
import { createPlaces } from './places.ts';
import { trustWith } from './trust.ts';

const connectTimeoutMs = 15_000;
/** Requests to one origin at a time; more wait. */
const maxAtATime = 32;
/** Idle connections to one origin, and how many connections are open in all when idle ones make room. */
const idleLimits = { perOrigin: 8, crowdedAt: 64 };

export interface TransportParts {
  checkUrl(url: string): URL;
  resolve(host: string, port: number): Promise<PinnedTarget>;
}

/** The transport of the egress guard; see `EgressGuard.transport`. */
export function createTransport(parts: TransportParts, { ca }: { readonly ca?: string }): HttpTransport {
  const trusted = trustWith(ca);
  const sockets = new Set<Socket>();
  const idle = createIdleConnections(idleLimits.perOrigin);
  const places = createPlaces(maxAtATime);

  async function open(url: URL): Promise<Connection> {
    const isSecure = url.protocol === 'https:';
    const target = await parts.resolve(url.hostname, Number(url.port || (isSecure ? 443 : 80)));
    if (sockets.size >= idleLimits.crowdedAt) idle.endOne();
    const connection = createConnection((onread) =>
      isSecure
        ? dialTls(target, connectTimeoutMs, { trusted: trusted(), onread })
        : dial(target, connectTimeoutMs, (options) => connect({ ...options, onread })),
    );
    const { socket } = connection;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    return connection;
  }

  async function sendOver(connection: Connection, url: URL, request: OutgoingRequest, leave: () => void) {
    const { socket, isReused } = connection;
    return exchange({
      url,
      request,
      connection,
      ready: () =>
        isReused
          ? Promise.resolve()
          : connected(socket, url.protocol === 'https:' ? 'secureConnect' : 'connect'),
      onEnd(keepMs) {
        if (keepMs > 0) idle.keep(url.origin, connection, keepMs);
        else socket.destroy();
        leave();
      },
    });
  }

  return {
    async send(request) {
      const url = parts.checkUrl(request.url.href);
      for (;;) {
        const leave = await places.take(url.origin, request.signal);
        let connection: Connection | undefined;
        let receivedBytes = 0;
        try {
          connection = idle.take(url.origin) ?? (await open(url));
          receivedBytes = connection.inbound.receivedBytes;
          return await sendOver(connection, url, request, leave);
        } catch (error) {
          if (!connection) leave();
          if (request.signal?.aborted) throw request.signal.reason;
          // An idle connection that the server closed just then: the next one is fresh in the end.
          const isSilent = connection?.isReused && connection.inbound.receivedBytes === receivedBytes;
          if (isSilent && wasClosed(error) && isRepeatable(request)) continue;
          throw failureOf(url.host, error, false);
        }
      }
    },
    close() {
      while (idle.endOne());
    },
  };
}

/** True for a request that may be sent twice (RFC 9110 9.2.2) and can be. */
function isRepeatable({ method, body }: OutgoingRequest): boolean {
  return method !== 'POST' && method !== 'PATCH' && (body === undefined || body instanceof Uint8Array);
}
