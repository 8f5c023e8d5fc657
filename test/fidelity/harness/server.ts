import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Answer, Body, FidelityCase, Origins, Route } from './case.ts';

const types: Readonly<Record<string, string>> = {
  '': 'text/html; charset=utf-8',
  html: 'text/html; charset=utf-8',
  css: 'text/css',
  js: 'text/javascript',
  json: 'application/json',
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  svg: 'image/svg+xml',
  ttf: 'font/ttf',
  webm: 'video/webm',
  wav: 'audio/wav',
  xml: 'text/xml',
  txt: 'text/plain; charset=utf-8',
};

/** Serves every case on two ports of one address and on a second address. */
export interface CaseServer {
  at(name: string): Origins;
  /** How often a path (under its case's folder) was asked for since `forget`. */
  visits(name: string, path: string): number;
  forget(name: string): void;
  close(): Promise<void>;
}

function asAnswer(given: Body | Answer): Answer {
  return typeof given === 'string' || given instanceof Uint8Array ? { body: given } : given;
}

function send(response: ServerResponse, path: string, answer: Answer): void {
  const ending = /\.(\w+)$/.exec(path)?.[1] ?? '';
  response.writeHead(answer.status ?? 200, {
    'content-type': answer.type ?? types[ending] ?? 'application/octet-stream',
    'cache-control': 'no-cache',
    'access-control-allow-origin': '*',
    ...answer.headers,
  });
  response.end(answer.body ?? '');
}

function sendMessages(request: IncomingMessage, socket: Duplex, messages: readonly string[]): void {
  const accept = createHash('sha1')
    .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest('base64');
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`,
  );
  for (const message of messages) {
    const bytes = Buffer.from(message);
    socket.write(Buffer.concat([Buffer.from([0x81, bytes.length]), bytes]));
  }
}

async function listen(server: Server, host: string): Promise<string> {
  await new Promise<void>((done, fail) => server.once('error', fail).listen(0, host, done));
  return `http://${host}:${(server.address() as AddressInfo).port}`;
}

/** Starts the server; each case lies in the folder of its name on every origin. */
export async function serveCases(cases: readonly FidelityCase[]): Promise<CaseServer> {
  const byName = new Map(cases.map((one) => [one.name, one]));
  const counts = new Map<string, number>();
  const sockets = new Set<Socket>();
  const bases: string[] = [];
  const at = (name: string): Origins => {
    const [main, port, host] = bases.map((base) => `${base}/${name}/`);
    return { main: main!, port: port!, host: host! };
  };

  function locate(request: IncomingMessage) {
    const url = new URL(request.url ?? '/', 'http://case.invalid');
    const [, name = '', path = ''] = /^\/([^/]*)\/?(.*)$/.exec(url.pathname) ?? [];
    return { url, name, path, found: byName.get(name) };
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url, name, path, found } = locate(request);
    const key = `${name}/${path}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    const route: Route | undefined = found?.routes[path + url.search] ?? found?.routes[path];
    if (route === undefined) return send(response, '.txt', { status: 404, body: `Nothing at ${path}` });
    if (typeof route !== 'function') return send(response, path, asAnswer(route));
    const made = await route({ at: at(name), path, url, request, response });
    if (made !== undefined) send(response, path, asAnswer(made));
  }

  const servers = [0, 1, 2].map(() => {
    const server = createServer((request, response) => {
      answer(request, response).catch((error) => response.destroy(error));
    });
    server.on('connection', (socket) => sockets.add(socket.once('close', () => sockets.delete(socket))));
    server.on('upgrade', (request, socket) => {
      const { path, found } = locate(request);
      const messages = found?.sockets?.[path];
      socket.on('error', () => socket.destroy());
      if (messages) sendMessages(request, socket, messages);
      else socket.destroy();
    });
    return server;
  });
  for (const [i, host] of ['127.0.0.1', '127.0.0.1', '127.0.0.2'].entries()) {
    bases.push(await listen(servers[i]!, host));
  }

  return {
    at,
    visits: (name, path) => counts.get(`${name}/${path.replace(/[?#].*$/, '')}`) ?? 0,
    forget(name) {
      for (const key of counts.keys()) if (key.startsWith(`${name}/`)) counts.delete(key);
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
    },
  };
}
