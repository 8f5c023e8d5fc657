import { createServer as createHttp, type RequestListener, type Server } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { StubIdentity } from './identity.ts';

/** A stub that stands where a backend will. */
export interface StubServer {
  readonly port: number;
  stop(): Promise<void>;
}

export interface StubServerOptions {
  readonly host: string;
  /** 0 takes any that is free. */
  readonly port: number;
  /** Speaks TLS where it is given. */
  readonly identity?: StubIdentity;
  /** The text that is answered for a path. */
  readonly answer: (path: string) => string;
  readonly onRequest?: (from: string) => void;
}

const mostConnections = 64;

/** Listens and answers every request with 200 and a line of text: a health check as well as somebody who asks for the token. */
export async function startStubServer(options: StubServerOptions): Promise<StubServer> {
  const listener: RequestListener = (request, response) => {
    request.resume();
    options.onRequest?.(request.socket.remoteAddress ?? '');
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
    response.end(options.answer(request.url ?? ''));
  };
  const limits = { maxHeaderSize: 4096, requestTimeout: 5_000, headersTimeout: 5_000 };
  const server: Server = options.identity
    ? createHttps({ ...limits, ...options.identity }, listener)
    : createHttp(limits, listener);
  server.maxConnections = mostConnections;
  server.on('clientError', (_, socket) => socket.destroy());
  server.on('tlsClientError', (_, socket) => socket.destroy());
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(options.port, options.host, () => {
      server.off('error', failed);
      done();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    },
  };
}
