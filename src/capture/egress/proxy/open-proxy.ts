import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { createSlots } from '../../slots.ts';
import type { EgressProxy, PinnedTarget, ProxyLimits, Refusal } from '../types.ts';
import { answerSocket, badRequest } from './answer.ts';
import { serveForward } from './forward.ts';
import { createOpenAnswers } from './open-answers.ts';
import { Outside } from './outside.ts';
import type { ProxySession } from './session.ts';
import { serveTunnel } from './tunnel.ts';

const maxRefusals = 1000;
const maxWaiting = 1000;
const connectTimeoutMs = 15_000;

export interface ProxyParts {
  resolve(host: string, port: number): Promise<PinnedTarget>;
  /** Keeps the proxy's own port out of reach; the answer ends that. */
  protect(address: string, port: number): () => void;
}

/** Opens a forward proxy on a loopback port of its own; http: by absolute form, everything else by CONNECT. */
export async function openProxy(parts: ProxyParts, limits: ProxyLimits): Promise<EgressProxy> {
  const { maxBytes, maxConnections = 64 } = limits;
  const refusals: Refusal[] = [];
  const clients = new Set<Duplex>();
  let capped = false;
  const cut = () => {
    outside.cut();
    for (const client of clients) client.destroy();
  };
  const outside = new Outside({
    maxBytes,
    maxConnections,
    connectTimeoutMs,
    onCapped: () => {
      capped = true;
      cut();
    },
  });
  const session: ProxySession = {
    outside,
    slots: createSlots(maxConnections, maxWaiting),
    answers: createOpenAnswers(),
    resolve: parts.resolve,
    record(refusal) {
      if (refusal && refusals.length < maxRefusals) refusals.push(refusal);
    },
  };

  const server = createServer({
    maxHeaderSize: 128 * 1024,
    keepAliveTimeout: 120_000,
    requireHostHeader: false,
  });
  server.on('connection', (socket) => {
    if (capped) return void socket.destroy();
    clients.add(socket);
    socket.once('close', () => clients.delete(socket));
  });
  server.on('request', (request, response) => void serveForward(session, request, response));
  server.on('connect', (request, client, head) => void serveTunnel(session, request, client, head));
  server.on('upgrade', (_request: IncomingMessage, client: Duplex) =>
    answerSocket(client, badRequest('Upgrade is not passed on; use CONNECT')),
  );
  server.on('clientError', (_error, client) => answerSocket(client, badRequest('This is not HTTP')));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const unprotect = parts.protect('127.0.0.1', port);

  return {
    address: `http://127.0.0.1:${port}`,
    refusals,
    get receivedBytes() {
      return outside.receivedBytes;
    },
    get capped() {
      return capped;
    },
    endIdle: (idleMs) => session.answers.endIdle(idleMs),
    async close() {
      unprotect();
      session.slots.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      cut();
      await closed;
    },
  };
}
