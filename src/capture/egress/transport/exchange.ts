import { type ClientRequest, type ClientRequestArgs, request as httpRequest } from 'node:http';
import type { IncomingResponse, OutgoingRequest } from '../../../kernel/index.ts';
import { captureErrors } from '../../errors.ts';
import type { KeepingAgent } from '../keeping-agent.ts';
import { failureOf } from './failure.ts';
import { receive } from './receive.ts';
import { sendBody } from './send-body.ts';
import { watchStalls } from './stall.ts';

const defaultStallMs = 60_000;
const maxHeaderSize = 64 * 1024;

/** What the agent is given to open a connection by. */
export interface KeptRequest extends ClientRequestArgs {
  readonly url: URL;
}

/** Makes a request on a kept connection or a new one; nothing is sent before `exchange`. */
export function begin(url: URL, { method, headers, body, signal }: OutgoingRequest, agent: KeepingAgent) {
  const options: KeptRequest = {
    url,
    agent,
    method,
    // The agent's connection is the one over TLS; to Node both are the same.
    protocol: 'http:',
    path: url.pathname + url.search,
    headers: { ...headers, ...(body instanceof Uint8Array && lengthOf(body)), host: url.host },
    ...(signal && { signal }),
    maxHeaderSize,
    joinDuplicateHeaders: true,
  };
  return httpRequest(options);
}

const lengthOf = (body: Uint8Array) => ({ 'content-length': String(body.length) });

/** Sends a request and waits for its answer; rejects with what the connection says where none comes. */
export async function exchange(
  onward: ClientRequest,
  { url, body, signal, stallMs = defaultStallMs }: OutgoingRequest,
): Promise<IncomingResponse> {
  const answered = Promise.withResolvers<IncomingResponse>();
  let isAnswered = false;
  let end = (error: Error) => void onward.destroy(error);
  const stall = watchStalls(stallMs, () => end(captureErrors.stalled({ server: url.host, stallMs })));
  onward.once('response', (answer) => {
    isAnswered = true;
    end = (error) => void answer.destroy(error);
    stall.rest();
    // What was not sent by now will not be, so the connection is of no further use.
    answer.once('close', () => onward.writableFinished || onward.destroy());
    const failure = (error: unknown) => (signal?.aborted ? signal.reason : failureOf(url.host, error, true));
    answered.resolve(receive(answer, stall, failure));
  });
  onward.once('upgrade', (_answer, socket) => {
    socket.destroy();
    answered.reject(new Error('the server switched to another protocol'));
  });
  onward.on('error', answered.reject);
  onward.once('close', () => {
    stall.rest();
    answered.reject(new Error('the connection was closed without an answer'));
  });
  sendBody(onward, body, stall, () => isAnswered).catch((error) => onward.destroy(error));
  return answered.promise;
}
