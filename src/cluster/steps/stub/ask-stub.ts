import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

export interface StubQuestion {
  /** Where it is connected to. */
  readonly address: string;
  readonly port: number;
  /** The name that it is asked by. */
  readonly name: string;
  readonly tls: boolean;
  readonly path: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * How asking ended: with a text; `refused`, `unreachable` or `silent` where there was no connection or no answer; `closed`
 * where it was accepted and then ended, as a balancer does that has no backend; `other` where something else speaks.
 */
export type StubReply =
  | { readonly kind: 'said'; readonly status: number; readonly text: string }
  | {
      readonly kind: 'refused' | 'unreachable' | 'silent' | 'closed' | 'other';
      readonly detail: string;
    };

const mostBytes = 1024;

/** Asks once, whoever answers, and takes a kilobyte at most; never rejects. The certificate is not verified: the token is the proof. */
export function askStub({
  address,
  port,
  name,
  tls,
  path,
  timeoutMs,
  signal,
}: StubQuestion): Promise<StubReply> {
  const ending = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  return new Promise((resolve) => {
    const send = tls ? httpsRequest : httpRequest;
    const asked = send({
      host: address,
      port,
      path,
      agent: false,
      signal: ending,
      maxHeaderSize: 4096,
      headers: { host: name, connection: 'close', 'user-agent': 'holdfast-preflight' },
      ...(tls && { servername: name, rejectUnauthorized: false }),
    });
    asked.on('response', (response) => {
      let text = '';
      const done = () => {
        resolve({ kind: 'said', status: response.statusCode ?? 0, text });
        asked.destroy();
      };
      response.on('data', (piece: Buffer) => {
        text = (text + piece.toString('latin1')).slice(0, mostBytes);
        if (text.length === mostBytes) done();
      });
      response.on('end', done);
      response.on('error', done);
    });
    asked.on('error', (error: NodeJS.ErrnoException) => resolve(failureOf(error, ending.aborted)));
    asked.end();
  });
}

function failureOf({ code = '', message }: NodeJS.ErrnoException, isLate: boolean): StubReply {
  const detail = (code || message).replace(/\p{Cc}+/gu, ' ').slice(0, 100);
  if (isLate || code === 'ETIMEDOUT') return { kind: 'silent', detail: 'ETIMEDOUT' };
  if (code === 'ECONNREFUSED') return { kind: 'refused', detail };
  if (['EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL'].includes(code)) return { kind: 'unreachable', detail };
  if (code === 'ECONNRESET' || code === 'EPIPE') return { kind: 'closed', detail };
  return { kind: 'other', detail };
}
