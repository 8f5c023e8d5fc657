import { isIP } from 'node:net';
import { type SecureContext, type TLSSocket, connect as tlsConnect } from 'node:tls';
import { dial } from './dial.ts';
import type { PinnedTarget } from './types.ts';

/** Opens a TLS connection to the pinned addresses for HTTP/1.1; the certificate must be good for the name that was asked for. */
export function dialTls(target: PinnedTarget, timeoutMs: number, trusted?: SecureContext): TLSSocket {
  const literal = isIP(target.host) !== 0;
  return tlsConnect({
    socket: dial(target, timeoutMs),
    host: target.host,
    // RFC 6066 3: no literal address as a server name; the certificate is then checked against the address.
    ...(literal ? {} : { servername: target.host }),
    ALPNProtocols: ['http/1.1'],
    ...(trusted && { secureContext: trusted }),
  });
}
