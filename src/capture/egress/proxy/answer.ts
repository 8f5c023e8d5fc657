import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { errorText, HoldfastError } from '../../../kernel/index.ts';
import { refusalOf } from '../refusal.ts';
import { refusalHeader } from './headers.ts';

/** An answer of the proxy's own, for a request that goes nowhere. */
export interface Answer {
  readonly status: number;
  /** For `X-Holdfast-Refusal`: a `RefusalReason`, `bad-request` or `failed`. */
  readonly why: string;
  readonly text: string;
}

/** A request that is not understood, or that asks for what the proxy does not do. */
export const badRequest = (text: string): Answer => ({ status: 400, why: 'bad-request', text });

/** The answer to a failure on the way to the origin: 403 for a refusal, 502 for a name or an origin that fails. */
export function answerTo(error: unknown): Answer {
  const reason = refusalOf(error, '')?.reason;
  const hint = error instanceof HoldfastError && error.hint ? `\n${error.hint}` : '';
  const text = errorText(error) + hint;
  if (reason === undefined) return { status: 502, why: 'failed', text };
  return { status: reason === 'unresolvable' ? 502 : 403, why: reason, text };
}

const names: Readonly<Record<number, string>> = { 400: 'Bad Request', 403: 'Forbidden', 502: 'Bad Gateway' };

/** Answers on a socket that the HTTP server has handed over. */
export function answerSocket(socket: Duplex, answer: Answer): void {
  if (!socket.writable) return void socket.destroy();
  const body = Buffer.from(`${answer.text}\n`);
  const head = [
    `HTTP/1.1 ${answer.status} ${names[answer.status]}`,
    ...Object.entries(headersOf(answer, body)).map(([name, value]) => `${name}: ${value}`),
  ].join('\r\n');
  socket.end(Buffer.concat([Buffer.from(`${head}\r\n\r\n`), body]), () => socket.destroy());
}

/** Answers a request, or cuts the connection where an answer has already begun. */
export function answerRequest(response: ServerResponse, answer: Answer): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  const body = Buffer.from(`${answer.text}\n`);
  response.writeHead(answer.status, names[answer.status], headersOf(answer, body)).end(body);
}

const headersOf = (answer: Answer, body: Buffer) => ({
  'Content-Type': 'text/plain; charset=utf-8',
  'Content-Length': String(body.length),
  'Cache-Control': 'no-store',
  Connection: 'close',
  [refusalHeader]: answer.why,
});
