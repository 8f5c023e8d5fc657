import {
  type ClientRequest,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { captureErrors } from '../../errors.ts';
import { refusalOf } from '../refusal.ts';
import type { PinnedTarget } from '../types.ts';
import { answerRequest, answerTo, badRequest } from './answer.ts';
import { framingFault, hasBody } from './framing.ts';
import { forwardable } from './headers.ts';
import type { PinnedRequest } from './outside.ts';
import type { ProxySession } from './session.ts';

/** What Chromium takes for an answer's headers. */
const maxAnswerHeaderBytes = 256 * 1024;

/** Serves one request in absolute form (RFC 9112 3.2.2): sent on to the pinned address, the answer streamed back. */
export async function serveForward(
  session: ProxySession,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const text = request.url ?? '';
  const fault = requestFault(request, text);
  if (fault) return answerRequest(response, badRequest(fault));
  let release: (() => void) | undefined;
  try {
    const url = readHttpUrl(text);
    release = await session.slots.take();
    const target = await session.resolve(url.hostname, Number(url.port || 80));
    if (!response.destroyed) await exchange(session, url, target, request, response);
  } catch (error) {
    session.record(refusalOf(error, text.slice(0, 2048)));
    answerRequest(response, answerTo(error));
  } finally {
    release?.();
  }
}

function requestFault(request: IncomingMessage, text: string): string | undefined {
  if (!/^[a-z][a-z0-9+.-]*:/i.test(text)) return 'This is a proxy: name the whole URL';
  if (request.headers.upgrade !== undefined) return 'Upgrade is not passed on; use CONNECT';
  return framingFault(request);
}

function readHttpUrl(text: string): URL {
  const url = URL.parse(text);
  // https comes by CONNECT: whoever asks for it here would have it sent in clear.
  if (url?.protocol !== 'http:') throw captureErrors.refusedScheme({ url: text.slice(0, 2048) });
  return url;
}

async function exchange(
  session: ProxySession,
  url: URL,
  target: PinnedTarget,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const options: PinnedRequest = {
    agent: session.outside.agent,
    host: target.host,
    port: target.port,
    method: request.method,
    path: url.pathname + url.search,
    headers: requestHeaders(request, url),
    maxHeaderSize: maxAnswerHeaderBytes,
    // Browsers read sloppy answers; framing is made anew towards the browser, so nothing can be smuggled through.
    insecureHTTPParser: true,
    pinned: target,
  };
  let answer: IncomingMessage | undefined;
  while (!answer) {
    const onward = httpRequest(options);
    const stop = () => onward.destroy();
    response.once('close', stop);
    let ended = false;
    const waiting = session.answers.open(() => {
      ended = true;
      onward.destroy(new Error('the origin did not answer'));
    });
    try {
      answer = await send(onward, request).finally(waiting.done);
    } catch (error) {
      // An idle connection that the origin closed just then: the next one is fresh in the end.
      if (!onward.reusedSocket || hasBody(request) || response.destroyed || ended) throw error;
      response.off('close', stop);
    }
  }
  // The record of the page shows the origin's headers, not ours.
  response.sendDate = false;
  response.removeHeader('connection');
  response.writeHead(answer.statusCode!, reasonPhrase(answer), answerHeaders(answer));
  await relay(session, answer, response);
}

/** Streams an answer to the browser; ended from our side, what came of it counts as the whole. */
function relay(session: ProxySession, answer: IncomingMessage, response: ServerResponse): Promise<void> {
  let ended = false;
  const open = session.answers.open(() => {
    ended = true;
    answer.destroy();
  });
  answer.on('data', open.touch).on('error', () => {});
  response.once('close', () => answer.destroy());
  answer.pipe(response, { end: false });
  return new Promise((resolve) => {
    answer.once('close', () => {
      open.done();
      if (answer.complete || (ended && answer.headers['content-length'] === undefined)) response.end();
      else response.destroy();
      resolve();
    });
  });
}

function send(onward: ClientRequest, request: IncomingMessage): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    onward.once('response', resolve).on('error', reject);
    // Nobody asked for one; without a listener neither an answer nor an error would ever come.
    onward.once('upgrade', (_answer, socket) => {
      socket.destroy();
      reject(new Error('the origin switched to another protocol'));
    });
    onward.once('close', () => reject(new Error('the origin closed without an answer')));
    if (hasBody(request)) request.pipe(onward);
    else onward.end();
  });
}

function requestHeaders(request: IncomingMessage, url: URL): string[] {
  const headers = ['Host', url.host, ...forwardable(request.rawHeaders, ['host'])];
  // Without a length the client would announce a body that never comes.
  if (!hasBody(request) && request.headers['content-length'] === undefined && needsLength(request.method))
    headers.push('Content-Length', '0');
  if (request.headers['transfer-encoding'] !== undefined) headers.push('Transfer-Encoding', 'chunked');
  return headers;
}

const needsLength = (method = '') => !['GET', 'HEAD', 'OPTIONS', 'TRACE', 'DELETE'].includes(method);

function answerHeaders(answer: IncomingMessage): string[] {
  const chunked = answer.headers['transfer-encoding'] !== undefined;
  return forwardable(answer.rawHeaders, chunked ? ['content-length'] : []);
}

function reasonPhrase(answer: IncomingMessage): string {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(answer.statusMessage ?? '') ? (answer.statusMessage ?? '') : '';
}
