import { createServer, type Server } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import { BufferPool, errorText, type HoldfastError, systemClock } from '../../kernel/index.ts';
import { createEntries } from './entries.ts';
import { filesErrors } from './errors.ts';
import { createExpectations } from './expectations.ts';
import { createFetchLog } from './fetch-log.ts';
import { handle, type Shared } from './handler.ts';
import { type Limits, usualLimits } from './limits.ts';
import { withListing } from './listing.ts';
import { createFilesMetrics, type FilesMetrics } from './metrics.ts';
import type { ExpectedNode, Fetch, FileEntry, FileServiceOptions, FilesState } from './types.ts';

/** A file service; it listens on one address. */
export interface FileService {
  /** Port 0 takes a free one. Throws `files.listen`. */
  listen(address: { host: string; port: number }): Promise<{ host: string; port: number }>;
  /**
   * Puts other entries and expectations in place of these; answers under way go on. Where the expectations differ, what was
   * told of the nodes begins anew. Throws `files.badEntry`.
   */
  update(change: { entries?: readonly FileEntry[]; expected?: readonly ExpectedNode[] }): void;
  /** The fetches under way, then the last that ended, the newest first. */
  fetches(): readonly Fetch[];
  /** How far each node is, and who asked for what was not meant for it. */
  state(): FilesState;
  readonly metrics: FilesMetrics;
  /** Takes no more connections, lets answers under way end for at most `graceMs` (default 5 s), then cuts them. */
  close(graceMs?: number): Promise<void>;
}

/** Large buffers for all clients together. */
const buffersInAll = 48;

/** Makes a file service over its entries; throws `files.badEntry`. */
export function createFileService(options: FileServiceOptions): FileService {
  const limits: Limits = { ...usualLimits, ...options.limits };
  const clock = options.clock ?? systemClock;
  const counts = { running: 0 };
  const metrics = createFilesMetrics({
    connections: () => connections.size,
    running: () => counts.running,
  });
  const log = createFetchLog(clock, limits.remembered, (event) => {
    if (event.kind === 'ended') metrics.ended(event.fetch);
    options.onFetch?.(event);
  });
  const entriesOf = (entries: readonly FileEntry[]) =>
    createEntries(options.listing ? withListing(entries) : entries, options.store !== undefined);
  const shared: Shared = {
    entries: entriesOf(options.entries),
    expected: createExpectations(options.expected ?? []),
    log,
    store: options.store,
    limits,
    buffers: new BufferPool(buffersInAll),
    now: () => clock.now(),
    say: options.say ?? inEnglish,
  };
  const server = serverOf(limits, async (request, response) => {
    counts.running++;
    await handle(shared, request, response);
    counts.running--;
  });
  const connections = new Map<object, string>();
  server.on('connection', (socket) => {
    const client = socket.remoteAddress ?? '';
    // Nobody takes the places of all machines.
    const own = [...connections.values()].filter((it) => it === client).length;
    if (own >= limits.connectionsPerClient) return void socket.destroy();
    connections.set(socket, client);
    socket.once('close', () => connections.delete(socket));
  });
  return {
    listen: ({ host, port }) => listen(server, host, port),
    update({ entries, expected }) {
      if (entries) shared.entries = entriesOf(entries);
      if (!expected || isDeepStrictEqual(expected, shared.expected.nodes)) return;
      shared.expected = createExpectations(expected);
      log.forget();
    },
    fetches: log.list,
    state: () => log.state(shared.expected),
    metrics: { contentType: metrics.contentType, text: metrics.text },
    close: (graceMs = 5_000) => close(server, graceMs),
  };
}

const inEnglish = ({ message, hint }: HoldfastError) =>
  hint === undefined ? message : `${message}\n${hint}`;

function serverOf(limits: Limits, listener: Parameters<typeof createServer>[1]): Server {
  const server = createServer(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: Math.min(limits.headersMs, limits.requestMs),
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.keepAliveMs,
      connectionsCheckingInterval: Math.min(5_000, limits.headersMs),
      requireHostHeader: true,
      insecureHTTPParser: false,
      noDelay: true,
    },
    listener,
  );
  server.timeout = limits.receiveMs;
  server.maxHeadersCount = 100;
  server.maxConnections = limits.connections;
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const status = clientErrors[error.code ?? ''] ?? '400 Bad Request';
    if (socket.writable) socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    else socket.destroy();
  });
  return server;
}

const clientErrors: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
};

async function listen(server: Server, host: string, port: number): Promise<{ host: string; port: number }> {
  const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(filesErrors.listen({ address, detail: cause.code ?? errorText(cause) }, { cause })),
    );
    server.listen({ host, port }, resolve);
  });
  const bound = server.address();
  return { host, port: typeof bound === 'object' && bound !== null ? bound.port : port };
}

async function close(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection whose answer has just ended would be kept alive for the next request.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(timer);
}
