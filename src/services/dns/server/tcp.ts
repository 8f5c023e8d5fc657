import { once } from 'node:events';
import { createServer, isIPv6, type Server, type Socket } from 'node:net';
import type { ListenAddress, TcpLimits } from '../types.ts';
import type { Access } from './access.ts';
import type { Handle } from './handler.ts';

/** A query longer than this is nobody's question, bytes. */
const longestQuery = 8192;

/** The TCP side of a server (RFC 7766); one for all addresses, so that limits hold for all of them together. */
export class TcpListeners {
  readonly #connections = new Set<Socket>();
  readonly #perClient = new Map<string, number>();
  readonly #servers: Server[] = [];
  readonly #limits: TcpLimits;
  readonly #handle: Handle;
  readonly #access: Access;
  readonly #onRefused: () => void;

  constructor(limits: TcpLimits, access: Access, handle: Handle, onRefused: () => void) {
    this.#limits = limits;
    this.#handle = handle;
    this.#access = access;
    this.#onRefused = onRefused;
  }

  get connections(): number {
    return this.#connections.size;
  }

  /** Binds an address and gives the port; rejects with the system's error. */
  async listen({ host, port }: ListenAddress): Promise<number> {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => this.#accept(socket));
    server.listen({ host, port, ipv6Only: isIPv6(host), exclusive: true });
    await once(server, 'listening');
    server.on('error', () => {});
    this.#servers.push(server);
    const address = server.address();
    return typeof address === 'object' && address ? address.port : port;
  }

  async close(): Promise<void> {
    const closed = this.#servers.splice(0).map((server) => {
      const end = once(server, 'close');
      server.close();
      return end;
    });
    for (const socket of this.#connections) socket.destroy();
    await Promise.all(closed);
  }

  #accept(socket: Socket): void {
    const client = socket.remoteAddress ?? '';
    const count = this.#perClient.get(client) ?? 0;
    // Strangers are not let in, so that they cannot hold the places of those who may ask.
    if (
      !this.#access(client) ||
      this.#connections.size >= this.#limits.maxConnections ||
      count >= this.#limits.maxConnectionsPerClient
    ) {
      this.#onRefused();
      socket.destroy();
      return;
    }
    this.#connections.add(socket);
    this.#perClient.set(client, count + 1);
    socket.once('close', () => {
      this.#connections.delete(socket);
      const left = this.#perClient.get(client)! - 1;
      if (left > 0) this.#perClient.set(client, left);
      else this.#perClient.delete(client);
    });
    serve(socket, client, this.#limits, this.#handle);
  }
}

/** Answers the queries of one connection, several at a time; answers may come in another order (RFC 7766 section 6.2.1.1). */
function serve(socket: Socket, client: string, limits: TcpLimits, handle: Handle): void {
  let unread: Buffer = Buffer.alloc(0);
  let pending = 0;
  let hasEnded = false;
  // Restarted by whole queries only, so that a byte now and then keeps nothing open.
  const idle = setTimeout(() => socket.destroy(), limits.idleTimeoutMs);
  const isFull = () => pending >= limits.maxPipelined || socket.writableNeedDrain;

  const goOn = () => {
    while (!isFull() && unread.length >= 2) {
      const length = unread.readUInt16BE(0);
      if (length > longestQuery) return void socket.destroy();
      if (unread.length < 2 + length) break;
      const packet = unread.subarray(2, 2 + length);
      unread = unread.subarray(2 + length);
      pending++;
      idle.refresh();
      handle(packet, client, 'tcp', answerTo);
    }
    if (socket.destroyed) return;
    if (isFull()) socket.pause();
    else socket.resume();
    if (hasEnded && pending === 0) socket.end();
  };
  const answerTo = (answer: Buffer | undefined) => {
    pending--;
    if (socket.destroyed) return;
    if (!answer) return void socket.destroy();
    const length = Buffer.from([answer.length >> 8, answer.length & 255]);
    socket.write(Buffer.concat([length, answer]));
    setImmediate(goOn);
  };

  socket.on('data', (chunk: Buffer) => {
    unread = unread.length === 0 ? chunk : Buffer.concat([unread, chunk]);
    goOn();
  });
  socket.on('drain', goOn);
  socket.on('end', () => {
    hasEnded = true;
    goOn();
  });
  socket.on('error', () => socket.destroy());
  socket.once('close', () => clearTimeout(idle));
}
