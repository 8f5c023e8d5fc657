import { once } from 'node:events';
import * as http from 'node:http';
import * as https from 'node:https';
import type { HttpTransport, IncomingResponse } from '../../kernel/index.ts';

export interface PlainTransport extends HttpTransport {
  /** Every request that was sent, as `METHOD path?query`. */
  readonly sent: string[];
}

/** A transport over node:http that goes wherever it is sent, for tests and benchmarks; `ca` is trusted in PEM. */
export function createPlainTransport({ ca }: { ca?: string } = {}): PlainTransport {
  const sent: string[] = [];
  const agents = {
    'http:': new http.Agent({ keepAlive: true }),
    'https:': new https.Agent({ keepAlive: true, ...(ca !== undefined && { ca }) }),
  };
  return {
    sent,
    async send(request) {
      const { method, url, headers, body, signal, stallMs } = request;
      sent.push(`${method} ${url.pathname}${url.search}`);
      const isTls = url.protocol === 'https:';
      const outgoing = (isTls ? https : http).request(url, {
        method,
        headers: headers ?? {},
        agent: agents[isTls ? 'https:' : 'http:'],
        ...(signal && { signal }),
      });
      if (stallMs !== undefined)
        outgoing.setTimeout(stallMs, () => outgoing.destroy(new Error(`nothing came for ${stallMs} ms`)));
      const answer = new Promise<http.IncomingMessage>((resolve, reject) => {
        outgoing.on('response', resolve);
        outgoing.on('error', reject);
      });
      if (body === undefined || body instanceof Uint8Array) outgoing.end(body);
      else void pour(body, outgoing, answer);
      return answerOf(await answer, outgoing);
    },
    close() {
      agents['http:'].destroy();
      agents['https:'].destroy();
    },
  };
}

async function pour(
  body: AsyncIterable<Uint8Array>,
  outgoing: http.ClientRequest,
  answer: Promise<unknown>,
): Promise<void> {
  const ended = new AbortController();
  const end = () => ended.abort();
  answer.then(end, end);
  outgoing.once('close', end);
  try {
    for await (const chunk of body) {
      if (ended.signal.aborted) return;
      if (!outgoing.write(chunk)) await once(outgoing, 'drain', { signal: ended.signal });
    }
    outgoing.end();
  } catch (error) {
    if (!ended.signal.aborted) outgoing.destroy(error as Error);
  }
}

function answerOf(message: http.IncomingMessage, outgoing: http.ClientRequest): IncomingResponse {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers))
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  if (!outgoing.writableEnded) message.once('end', () => outgoing.destroy());
  return {
    status: message.statusCode ?? 0,
    headers,
    body: message,
    discard() {
      // A short rest is read, so that the connection can be used again.
      if (message.complete || Number(headers['content-length'] ?? 1) === 0) message.resume();
      else message.destroy();
    },
  };
}
