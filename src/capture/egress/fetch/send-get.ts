import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { dial } from '../dial.ts';
import { dialTls } from '../dial-tls.ts';
import type { PinnedTarget } from '../types.ts';

const connectTimeoutMs = 15_000;
const maxHeaderSize = 256 * 1024;

/** Sends one GET to the pinned address; over TLS the certificate must be good for the name that was asked for. */
export function sendGet(
  url: URL,
  target: PinnedTarget,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const options = {
    host: target.host,
    port: target.port,
    path: url.pathname + url.search,
    headers: { host: url.host, ...headers, connection: 'close' },
    signal,
    maxHeaderSize,
    // Browsers read sloppy answers; one connection carries one answer, so nothing can be smuggled.
    insecureHTTPParser: true,
  };
  return new Promise((resolve, reject) => {
    // No `agent`: with one, even `false`, Node would not call createConnection and would resolve the name itself.
    const request =
      url.protocol === 'https:'
        ? httpsRequest({ ...options, createConnection: () => dialTls(target, connectTimeoutMs) })
        : httpRequest({ ...options, createConnection: () => dial(target, connectTimeoutMs) });
    request.once('response', resolve).on('error', reject);
    // Nobody asked for one; without a listener neither an answer nor an error would ever come.
    request.once('upgrade', (_answer, socket) => {
      socket.destroy();
      reject(new Error('the server switched to another protocol'));
    });
    request.end();
  });
}
