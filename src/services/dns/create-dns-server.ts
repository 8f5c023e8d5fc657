import type { Socket } from 'node:dgram';
import { isIP } from 'node:net';
import { errorText, systemClock } from '../../kernel/index.ts';
import { dnsErrors } from './errors.ts';
import { createForwarder } from './forward/forwarder.ts';
import { parseForward, type Routes } from './forward/parse-forward.ts';
import { parseAccess } from './server/access.ts';
import { createHandler } from './server/handler.ts';
import { createMeasures } from './server/measures.ts';
import { createQueryLog } from './server/query-log.ts';
import { createResolver } from './server/resolver.ts';
import { TcpListeners } from './server/tcp.ts';
import { listenUdp } from './server/udp.ts';
import type {
  DnsServer,
  DnsServerOptions,
  ForwardLimits,
  ListenAddress,
  QueryLogLimits,
  TcpLimits,
} from './types.ts';
import { parseZones } from './zones/parse-zones.ts';

const forwardLimits: ForwardLimits = {
  tryTimeoutMs: 1500,
  totalTimeoutMs: 4500,
  maxInFlight: 500,
  cacheEntries: 10_000,
  cacheBytes: 16 * 2 ** 20,
  maxTtlSeconds: 3600,
  maxNegativeTtlSeconds: 300,
  staleSeconds: 3600,
  failureSeconds: 2,
};

const tcpLimits: TcpLimits = {
  maxConnections: 256,
  maxConnectionsPerClient: 64,
  idleTimeoutMs: 10_000,
  maxPipelined: 64,
};

const queryLogLimits: QueryLogLimits = { kept: 1000, perSecond: 200 };

/** Checks the options and makes a server, which answers from `listen` on; throws a `dns.…` error on what it cannot serve. */
export function createDnsServer(options: DnsServerOptions): DnsServer {
  const { listen, clock = systemClock, maxUdpBytes = 1232 } = options;
  const routes = parseForward(options.forward ?? []);
  const access = parseAccess(options.allowedClients, routes.size > 0);
  let zones = parseZones(options.zones);
  refuseSelf(routes, listen);

  const measures = createMeasures(options.metrics, {
    cacheEntries: () => forwarder.cache.entries,
    cacheBytes: () => forwarder.cache.bytes,
    tcpConnections: () => tcp.connections,
  });
  const forwarder = createForwarder({
    limits: { ...forwardLimits, ...options.limits?.forward },
    clock,
    onUpstream: ({ title }, outcome, seconds) => measures.upstream(title, outcome, seconds),
  });
  const log = createQueryLog({ ...queryLogLimits, ...options.limits?.queryLog }, clock, (event) =>
    options.onQuery?.(event),
  );
  const { handle, forget } = createHandler({
    access,
    measures,
    log,
    clock,
    maxUdpBytes,
    resolve: createResolver({ routes, forwarder }),
    recursionAvailable: routes.size > 0,
    rotates: (options.addressOrder ?? 'rotate') === 'rotate',
    zones: () => zones,
  });
  const tcp = new TcpListeners({ ...tcpLimits, ...options.limits?.tcp }, access, handle, () =>
    measures.note('tcp_refused'),
  );
  const sockets: Socket[] = [];

  async function bind({ host, port }: ListenAddress): Promise<ListenAddress> {
    if (isIP(host) === 0) throw dnsErrors.cannotListen({ host, port, detail: 'not an IP address' });
    try {
      const taken = await tcp.listen({ host, port });
      sockets.push(await listenUdp({ host, port: taken }, handle, () => measures.note('send_failed')));
      return { host, port: taken };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EADDRNOTAVAIL')
        throw dnsErrors.notOurAddress({ host, port }, { cause: error });
      throw dnsErrors.cannotListen({ host, port, detail: errorText(error) }, { cause: error });
    }
  }

  async function close(): Promise<void> {
    forwarder.close();
    for (const socket of sockets.splice(0)) socket.close();
    await tcp.close();
    measures.remove();
  }

  return {
    async listen() {
      const bound: ListenAddress[] = [];
      try {
        for (const address of listen) bound.push(await bind(address));
      } catch (error) {
        await close();
        throw error;
      }
      return bound;
    },
    close,
    replaceZones(inputs) {
      zones = parseZones(inputs);
      forget();
    },
    recentQueries: log.recent,
  };
}

/** A server that asks itself would wait for its own answer. */
function refuseSelf(routes: Routes, listen: readonly ListenAddress[]): void {
  const own = new Set(listen.map(({ host, port }) => `${host} ${port}`));
  const self = [...routes.values()].flat().find(({ host, port }) => own.has(`${host} ${port}`));
  if (self) throw dnsErrors.upstreamIsSelf({ upstream: self.title });
}
