import { connect, rootCertificates, type TLSSocket } from 'node:tls';

export interface TlsQuestion {
  readonly address: string;
  readonly port: number;
  readonly name: string;
  /** Authorities (PEM) to trust besides the known ones. */
  readonly ca?: string;
  readonly signal: AbortSignal;
}

/** What a TLS server showed; `fault` is the reason why its certificate is not trusted, in the words of OpenSSL. */
export type TlsSeen =
  | { readonly kind: 'unreachable'; readonly detail: string }
  | { readonly kind: 'noTls'; readonly detail: string }
  | {
      readonly kind: 'seen';
      readonly fault: string | undefined;
      /** Of the certificate: its subject alternative names (empty where it has none), issuer, and end (epoch milliseconds). */
      readonly names: string;
      readonly issuer: string;
      readonly endsAt: number;
    };

/** Connects and looks at the certificate as a node would; never rejects. */
export function inspectTls({ address, port, name, ca, signal }: TlsQuestion): Promise<TlsSeen> {
  return new Promise((resolve) => {
    let connected = false;
    const socket = connect({
      host: address,
      port,
      servername: name,
      rejectUnauthorized: false,
      ...(ca !== undefined && { ca: [...rootCertificates, ca] }),
    });
    const abort = () => socket.destroy(Object.assign(new Error('No answer in time'), { code: 'ETIMEDOUT' }));
    signal.addEventListener('abort', abort, { once: true });
    const done = (seen: TlsSeen) => {
      signal.removeEventListener('abort', abort);
      socket.destroy();
      resolve(seen);
    };
    socket.once('connect', () => {
      connected = true;
    });
    socket.once('secureConnect', () => done(seenOf(socket)));
    socket.on('error', ({ code, message }: NodeJS.ErrnoException) =>
      done({ kind: connected ? 'noTls' : 'unreachable', detail: code ?? message }),
    );
    // Ended in the middle of the handshake.
    socket.once('close', () => done({ kind: connected ? 'noTls' : 'unreachable', detail: 'ECONNRESET' }));
  });
}

function seenOf(socket: TLSSocket): TlsSeen {
  const { subjectaltname = '', issuer, valid_to: end } = socket.getPeerCertificate();
  const fault = socket.authorized ? undefined : String(socket.authorizationError);
  const who = [issuer?.O, issuer?.CN].flat().filter(Boolean).join(', ');
  return { kind: 'seen', fault, names: subjectaltname, issuer: who, endsAt: Date.parse(end) };
}
