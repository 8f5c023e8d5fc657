import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { dial } from '../dial.ts';
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
        ? httpsRequest({ ...options, createConnection: () => secure(target) })
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

function secure(target: PinnedTarget) {
  const literal = isIP(target.host) !== 0;
  // RFC 6066 3: no literal address as a server name; the certificate is then checked against the address.
  return tlsConnect({
    socket: dial(target, connectTimeoutMs),
    host: target.host,
    ...(literal ? {} : { servername: target.host }),
    ALPNProtocols: ['http/1.1'],
  });
}
