import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import { connectWithLargeReads, type HttpTransport, type OutgoingRequest } from '../../../kernel/index.ts';
import { dial } from '../dial.ts';
import { dialTls } from '../dial-tls.ts';
import { KeepingAgent } from '../keeping-agent.ts';
import type { PinnedTarget } from '../types.ts';
import { begin, exchange, type KeptRequest } from './exchange.ts';
import { failureOf, wasClosed } from './failure.ts';
import { createPlaces } from './places.ts';
import { trustWith } from './trust.ts';

const connectTimeoutMs = 15_000;
/** Requests to one origin at a time; more wait. */
const maxAtATime = 32;
/** Idle connections to one origin, and how many connections are open in all when idle ones make room. */
const idle = { maxFreeSockets: 8, crowdedAt: 64 };

export interface TransportParts {
  checkUrl(url: string): URL;
  resolve(host: string, port: number): Promise<PinnedTarget>;
}

/** The transport of the egress guard; see `EgressGuard.transport`. */
export function createTransport(parts: TransportParts, { ca }: { readonly ca?: string }): HttpTransport {
  const trusted = trustWith(ca);
  const sockets = new Set<Socket>();
  const open = async ({ url }: KeptRequest): Promise<Socket> => {
    const secure = url.protocol === 'https:';
    const target = await parts.resolve(url.hostname, Number(url.port || (secure ? 443 : 80)));
    if (sockets.size >= idle.crowdedAt) agent.endIdle();
    const socket = secure
      ? dialTls(target, connectTimeoutMs, trusted())
      : dial(target, connectTimeoutMs, connectWithLargeReads);
    sockets.add(socket);
    return socket.once('close', () => sockets.delete(socket));
  };
  const agent = new KeepingAgent({
    maxFreeSockets: idle.maxFreeSockets,
    open: (options) => open(options as KeptRequest),
    originOf: (options) => (options as KeptRequest).url.origin,
  });
  const places = createPlaces(maxAtATime);
  return {
    async send(request) {
      const url = parts.checkUrl(request.url.href);
      for (;;) {
        const leave = await places.take(url.origin, request.signal);
        let onward: ClientRequest | undefined;
        try {
          onward = begin(url, request, agent);
          onward.once('close', leave);
          return await exchange(onward, request);
        } catch (error) {
          if (!onward) leave();
          if (request.signal?.aborted) throw request.signal.reason;
          // An idle connection that the server closed just then: the next one is fresh in the end.
          if (onward?.reusedSocket && wasClosed(error) && isRepeatable(request)) continue;
          throw failureOf(url.host, error, false);
        }
      }
    },
    close() {
      while (agent.endIdle());
    },
  };
}

/** True for a request that may be sent twice (RFC 9110 9.2.2) and can be. */
function isRepeatable({ method, body }: OutgoingRequest): boolean {
  return method !== 'POST' && method !== 'PATCH' && (body === undefined || body instanceof Uint8Array);
}
