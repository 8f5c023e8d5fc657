import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** How a stub behaves: well, not listening, accepting and saying nothing, or answering checks with 500. */
export type StubMode = 'ok' | 'refuse' | 'hang' | 'sick';

/** A backend that does as it is told: on one port it answers checks over HTTP and talks to clients in lines. */
export interface StubBackend extends AsyncDisposable {
  readonly name: string;
  readonly port: number;
  /** Connections of clients, checks apart. */
  readonly clients: number;
  /** Checks that were answered. */
  readonly checks: number;
  set(mode: StubMode): Promise<void>;
  /** Answers checks from now on in this order, over and over: true passes. */
  script(verdicts: readonly boolean[]): void;
  /** Resets all connections. */
  resetAll(): void;
}

export interface StubOptions {
  readonly mode?: StubMode;
  readonly host?: string;
  readonly port?: number;
}

/** Bytes that differ at every place and for every seed. */
export function bulkOf(sizeBytes: number, seed: number): Buffer {
  const words = new Uint32Array(Math.ceil(sizeBytes / 4));
  for (let at = 0; at < words.length; at++) words[at] = Math.imul(at + 1, 2_654_435_761) ^ seed;
  return Buffer.from(words.buffer, 0, sizeBytes);
}

/**
 * Starts a stub. A client that sends `bulk N seed` gets N bytes of `bulkOf`, `reset` a broken-off stream, `bye` an orderly end, and any
 * other text its echo after the stub's name; when the client ends, the stub says `<name> saw the end` and ends as well.
 */
export async function startStub(
  name: string,
  { mode: first = 'ok', host = '127.0.0.1', port: wantedPort = 0 }: StubOptions = {},
): Promise<StubBackend> {
  let mode = first;
  let clients = 0;
  let checks = 0;
  let verdicts: readonly boolean[] = [];
  let server: Server | undefined;
  const open = new Set<Socket>();

  function serve(socket: Socket): void {
    open.add(socket);
    let client = false;
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
    if (mode === 'hang') return;
    socket.on('data', (data) => {
      const text = data.toString('latin1');
      if (!client && text.startsWith('GET ')) return answerCheck(socket);
      if (!client) clients++;
      client = true;
      answer(socket, text);
    });
    socket.on('end', () => socket.end(client ? `${name} saw the end` : ''));
  }

  function answerCheck(socket: Socket): void {
    const passed = verdicts.length > 0 ? verdicts[checks % verdicts.length]! : mode === 'ok';
    checks++;
    socket.end(`HTTP/1.1 ${passed ? '200 OK' : '500 Not ready'}\r\ncontent-length: 0\r\n\r\n`);
  }

  function answer(socket: Socket, text: string): void {
    const [command, count, seed] = text.trim().split(' ');
    if (command === 'bulk') socket.write(bulkOf(Number(count), Number(seed ?? 0)));
    else if (command === 'reset') socket.write('half of it', () => socket.resetAndDestroy());
    else if (command === 'bye') socket.end(`${name}: bye`);
    else socket.write(`${name}: ${text}`);
  }

  function resetAll(): void {
    for (const socket of open) socket.resetAndDestroy();
  }

  async function listen(at: number): Promise<number> {
    server = createServer({ allowHalfOpen: true }, serve).listen(at, host);
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  async function close(): Promise<void> {
    const closing = server;
    server = undefined;
    resetAll();
    if (closing) await new Promise((resolve) => closing.close(resolve));
  }

  const port = await listen(wantedPort);
  if (mode === 'refuse') await close();
  return {
    name,
    port,
    get clients() {
      return clients;
    },
    get checks() {
      return checks;
    },
    async set(to) {
      mode = to;
      verdicts = [];
      if (to === 'refuse') await close();
      else if (!server) await listen(port);
    },
    script(order) {
      verdicts = order;
      checks = 0;
    },
    resetAll,
    [Symbol.asyncDispose]: close,
  };
}
