import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { collect } from '../../../store/index.ts';
import type { EgressProxy } from '../types.ts';

export interface ProxyAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

interface RequestOptions {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
}

/** Begins a request in absolute form; resolves at the answer's headers. */
export function openThrough(
  proxy: EgressProxy,
  url: string,
  options: RequestOptions = {},
): Promise<IncomingMessage> {
  const { hostname, port } = new URL(proxy.address);
  const { method = 'GET', headers = {}, body } = options;
  return new Promise((resolve, reject) => {
    const onward = request({
      host: hostname,
      port,
      path: url,
      method,
      agent: false,
      headers: { host: new URL(url).host, ...headers },
    });
    onward.once('response', resolve).on('error', reject).end(body);
  });
}

/** Sends a request in absolute form and reads the whole answer. */
export async function getThrough(
  proxy: EgressProxy,
  url: string,
  options?: RequestOptions,
): Promise<ProxyAnswer> {
  const answer = await openThrough(proxy, url, options);
  const body = await collect(answer, 1e9);
  const { statusCode, headers, rawHeaders } = answer;
  return { status: statusCode!, headers, rawHeaders, body: Buffer.from(body).toString() };
}

/** A bare connection to the proxy. */
export function dialProxy(proxy: EgressProxy): Socket {
  const { hostname, port } = new URL(proxy.address);
  return connect(Number(port), hostname).on('error', () => {});
}

/** Sends bytes as they are and answers everything that comes back until the proxy closes. */
export async function sendRaw(proxy: EgressProxy, text: string): Promise<string> {
  const socket = dialProxy(proxy);
  socket.write(Buffer.from(text, 'latin1'));
  const parts: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => parts.push(chunk));
  await new Promise((resolve) => socket.once('close', resolve));
  return Buffer.concat(parts).toString('latin1');
}

/** Opens a tunnel; resolves with the connection and the head of the proxy's answer. */
export function tunnel(proxy: EgressProxy, authority: string): Promise<{ socket: Socket; head: string }> {
  const socket = dialProxy(proxy);
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\nProxy-Connection: keep-alive\r\n\r\n`);
  return new Promise((resolve, reject) => {
    let head = '';
    const read = (chunk: Buffer) => {
      head += chunk.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      socket.off('data', read).pause();
      resolve({ socket, head });
    };
    socket.on('data', read).once('close', () => reject(new Error(`closed after "${head}"`)));
  });
}
