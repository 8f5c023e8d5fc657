import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect, isIPv6 } from 'node:net';
import { startTimeout } from '../timeout.ts';
import type { CheckQuestion, CheckReason } from '../types.ts';
import { faultOf } from './fault.ts';

/** What one question to a backend showed. */
export interface Answer {
  readonly passed: boolean;
  readonly reason: CheckReason;
  readonly detail: string;
}

export interface ProbeTarget {
  readonly question: CheckQuestion;
  readonly address: string;
  readonly port: number;
  readonly timeoutMs: number;
}

/** Asks a backend once; undefined where nothing was learnt about it: it was aborted, or this machine is out of sockets. Never rejects. */
export function probe(target: ProbeTarget, signal: AbortSignal): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    const end = target.question.kind === 'tcp' ? askTcp(target, settle) : askHttp(target, settle);
    const endTimeout = startTimeout(target.timeoutMs, () =>
      settle({ passed: false, reason: 'timeout', detail: `${target.timeoutMs} ms` }),
    );
    const abort = () => settle(undefined);
    signal.addEventListener('abort', abort);
    function settle(answer: Answer | undefined): void {
      endTimeout();
      signal.removeEventListener('abort', abort);
      end();
      resolve(answer);
    }
  });
}

type Settle = (answer: Answer | undefined) => void;

const failed = (error: unknown): Answer | undefined => {
  const fault = faultOf(error);
  return fault && { passed: false, ...fault };
};

function askTcp({ question, address, port }: ProbeTarget, settle: Settle): () => void {
  const socket = connect({ host: address, port: question.port ?? port });
  socket.once('connect', () => settle({ passed: true, reason: 'passed', detail: '' }));
  socket.on('error', (error) => settle(failed(error)));
  // A reset leaves nothing behind, neither a session there nor a port in TIME_WAIT here; Node would wait for the connection first.
  return () => (socket.connecting ? socket.destroy() : socket.resetAndDestroy());
}

function askHttp({ question, address, port }: ProbeTarget, settle: Settle): () => void {
  if (question.kind === 'tcp') throw new TypeError('Not a question over HTTP');
  const wanted = question.expectStatus ?? 200;
  const at = question.port ?? port;
  const send = question.kind === 'https' ? httpsRequest : httpRequest;
  const request = send({
    host: address,
    port: at,
    path: question.path,
    agent: false,
    // A check asks whether the port answers; whoever connects through the balancer verifies the certificate.
    rejectUnauthorized: false,
    headers: {
      host: `${isIPv6(address) ? `[${address}]` : address}:${at}`,
      'user-agent': 'holdfast-balancer',
      connection: 'close',
    },
  });
  request.once('response', ({ statusCode = 0 }) => {
    const passed = statusCode === wanted;
    settle({ passed, reason: passed ? 'passed' : 'status', detail: String(statusCode) });
  });
  request.on('error', (error) => settle(failed(error)));
  request.end();
  return () => request.destroy();
}
