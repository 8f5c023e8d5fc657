import type { IncomingResponse, OutgoingRequest } from '../../../kernel/index.ts';
import { captureErrors } from '../../errors.ts';
import { failureOf } from './failure.ts';
import type { Connection } from './http1/connection.ts';
import { readBody } from './http1/read-body.ts';
import { readHead } from './http1/read-head.ts';
import { requestFraming, requestHead } from './http1/request-head.ts';
import { receive } from './receive.ts';
import { sendRequest } from './send-body.ts';
import { watchStalls } from './stall.ts';

const defaultStallMs = 60_000;

export interface Exchange {
  /** As it was judged. */
  readonly url: URL;
  readonly request: OutgoingRequest;
  readonly connection: Connection;
  /** Waits until the connection can be written to. */
  readonly ready: () => Promise<void>;
  /** Called once, when the connection is needed no more; for how long it may be kept, milliseconds, 0 where it may not be. */
  readonly onEnd: (keepMs: number) => void;
}

/** Sends a request and waits for its answer; rejects with what the connection says where none comes. */
export async function exchange({
  url,
  request,
  connection,
  ready,
  onEnd,
}: Exchange): Promise<IncomingResponse> {
  const { body, method, signal, stallMs = defaultStallMs } = request;
  const { socket, inbound } = connection;
  const cut = (error: unknown) =>
    void socket.destroy(error instanceof Error ? error : new Error('it was cut off', { cause: error }));
  const stall = watchStalls(stallMs, () => cut(captureErrors.stalled({ server: url.host, stallMs })));
  const abort = () => cut(signal?.reason);
  let isAnswered = false;
  let isSent = false;
  let isOver = false;
  const end = (keepMs: number) => {
    if (isOver) return;
    isOver = true;
    socket.off('close', onClose);
    stall.rest();
    inbound.stall = undefined;
    signal?.removeEventListener('abort', abort);
    onEnd(isSent && inbound.isQuiet ? keepMs : 0);
  };
  const onClose = () => end(0);
  socket.once('close', onClose);
  try {
    const framing = requestFraming(request);
    const head = requestHead(url, request, framing);
    signal?.addEventListener('abort', abort, { once: true });
    signal?.throwIfAborted();
    stall.expect();
    await ready();
    sendRequest(socket, head, { body, framing }, stall, () => isAnswered).then((sent) => {
      isSent = sent;
    }, cut);
    const answer = await readHead(inbound, method);
    isAnswered = true;
    stall.rest();
    inbound.stall = stall;
    return receive({
      ...answer,
      pieces: readBody(inbound, answer.framing),
      failure: (error) => (signal?.aborted ? signal.reason : failureOf(url.host, error, true)),
      onEnd: (isWhole) => end(isWhole ? answer.keepMs : 0),
    });
  } catch (error) {
    end(0);
    throw error;
  }
}
