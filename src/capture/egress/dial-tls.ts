import { isIP, type NetConnectOpts, type OnReadOpts, type Socket } from 'node:net';
import { type ConnectionOptions, type SecureContext, connect as tlsConnect } from 'node:tls';
import { dial } from './dial.ts';
import type { PinnedTarget } from './types.ts';

export interface DialTlsOptions {
  /** Whom to trust; what Node trusts where it is absent. */
  readonly trusted?: SecureContext;
  /** Where what arrives is read into. */
  readonly onread?: OnReadOpts;
}

/** Opens a TLS connection to the pinned addresses for HTTP/1.1; the certificate must be good for the name that was asked for. */
export function dialTls(target: PinnedTarget, timeoutMs: number, options: DialTlsOptions = {}): Socket {
  const { trusted, onread } = options;
  const literal = isIP(target.host) !== 0;
  return dial(target, timeoutMs, (pinned) => {
    const secured: ConnectionOptions & NetConnectOpts = {
      ...pinned,
      // RFC 6066 3: no literal address as a server name; the certificate is then checked against the address.
      ...(!literal && { servername: target.host }),
      ALPNProtocols: ['http/1.1'],
      ...(trusted && { secureContext: trusted }),
      ...(onread && { onread }),
    };
    return tlsConnect(secured);
  });
}
