import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import { BufferPool, errorText } from '../../kernel/index.ts';
import { registryErrors } from '../errors.ts';
import { startAccessLog } from './access-log.ts';
import type { RegistryDeps, Shared } from './call.ts';
import { createHandler } from './handler.ts';
import { type Limits, usualLimits } from './limits.ts';
import { sendError } from './respond.ts';
import { Uploads } from './uploads.ts';

/** A certificate with its chain, and its key, as PEM. */
export interface TlsIdentity {
  readonly cert: string;
  readonly key: string;
}

/** A registry that listens. */
export interface ListeningRegistry {
  readonly host: string;
  readonly port: number;
  /** From now on new connections are served with another certificate. */
  setTls(identity: TlsIdentity): void;
  /** Throws uploads away that nobody touched since; gives their number. */
  expireUploads(beforeMs: number): Promise<number>;
  /** Takes no more connections, lets answers under way end for at most `graceMs` (default 5 s), then cuts them. */
  stop(graceMs?: number): Promise<void>;
}

/** An OCI registry (distribution-spec 1.1) that is not listening yet. */
export interface RegistryServer {
  /** Port 0 takes a free one; with `tls` it speaks HTTPS alone. Throws `registry.listen`. */
  listen(address: { host: string; port: number; tls?: TlsIdentity }): Promise<ListeningRegistry>;
}

/** Large buffers for all clients together. */
const buffersInAll = 48;

/** Makes the registry server over a catalog and a store. */
export function createRegistryServer(deps: RegistryDeps): RegistryServer {
  return {
    async listen({ host, port, tls }) {
      const limits: Limits = { ...usualLimits, ...deps.limits };
      const { catalog, store, policy } = deps;
      const uploads = new Uploads(store, limits.uploadsOpen);
      const shared: Shared = {
        catalog,
        store,
        policy,
        uploads,
        limits,
        buffers: new BufferPool(buffersInAll),
      };
      const server = createNodeServer(listenerOf(shared, deps), limits, tls);
      await bind(server, host, port);
      const bound = server.address();
      return {
        host,
        port: typeof bound === 'object' && bound !== null ? bound.port : port,
        setTls(identity) {
          if ('setSecureContext' in server) server.setSecureContext(identity);
        },
        expireUploads: (beforeMs) => uploads.expire(beforeMs),
        async stop(graceMs = 5_000) {
          await stop(server, graceMs);
          await uploads.close();
        },
      };
    },
  };
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

function listenerOf(shared: Shared, { identify, logger }: RegistryDeps): Listener {
  const handle = createHandler(shared, identify);
  return (request, response) => {
    const log = startAccessLog(logger, request, response);
    handle(request, response, log.known).catch(async (error) => {
      log.failed(error);
      await sendError(request, response, error).catch(() => request.socket.destroy());
    });
  };
}

function createNodeServer(
  listener: Listener,
  limits: Limits,
  tls: TlsIdentity | undefined,
): Server | TlsServer {
  const options = {
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersMs,
    // A blob may take hours; bodies have limits of their own.
    requestTimeout: 0,
    keepAliveTimeout: 60_000,
    connectionsCheckingInterval: 5_000,
    requireHostHeader: true,
    insecureHTTPParser: false,
    noDelay: true,
  };
  const server = tls
    ? createTlsServer(
        { ...options, ...tls, minVersion: 'TLSv1.2', handshakeTimeout: limits.headersMs },
        listener,
      )
    : createServer(options, listener);
  server.maxHeadersCount = 100;
  server.maxConnections = limits.connections;
  server.on('checkContinue', listener);
  server.on('clientError', (_, socket) => {
    if (socket.writable)
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    else socket.destroy();
  });
  return server;
}

async function bind(server: Server | TlsServer, host: string, port: number): Promise<void> {
  const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(registryErrors.listen({ address, detail: cause.code ?? errorText(cause) }, { cause })),
    );
    server.listen({ host, port }, resolve);
  });
}

async function stop(server: Server | TlsServer, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection whose answer has just ended would be kept alive for the next request.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(timer);
}
