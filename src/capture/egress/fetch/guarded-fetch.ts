import type { IncomingMessage } from 'node:http';
import { errorText, HoldfastError } from '../../../kernel/index.ts';
import { captureErrors } from '../../errors.ts';
import type { GuardedFetchOptions, GuardedResponse, PinnedTarget } from '../types.ts';
import { unlessAborted } from '../unless-aborted.ts';
import { decodeBody } from './decode-body.ts';
import { sendGet } from './send-get.ts';

const defaults = { maxBytes: 100 * 1024 * 1024, timeoutMs: 30_000, maxRedirects: 10 };
const redirects = new Set([301, 302, 303, 307, 308]);
/** Not sent on to another origin than the one that the caller meant them for. */
const secret = new Set(['authorization', 'cookie']);

export interface FetchParts {
  checkUrl(url: string): URL;
  resolve(host: string, port: number): Promise<PinnedTarget>;
}

/**
 * A GET that follows redirects, each hop judged, resolved and pinned anew. The body comes decoded; `timeoutMs` holds until
 * its last byte. Throws the guard's refusals, `capture.fetchFailed`, `capture.tooManyRedirects`; reading the body throws
 * `capture.tooLarge` beyond `maxBytes` decoded bytes, and the signal's own reason once it is aborted.
 */
export async function guardedFetch(
  parts: FetchParts,
  link: string,
  options: GuardedFetchOptions = {},
): Promise<GuardedResponse> {
  const { maxBytes, timeoutMs, maxRedirects } = { ...defaults, ...options };
  const late = AbortSignal.timeout(timeoutMs);
  const signal = options.signal ? AbortSignal.any([options.signal, late]) : late;
  const failure = (url: URL, error: unknown): unknown => {
    if (options.signal?.aborted) return options.signal.reason;
    if (late.aborted)
      return captureErrors.fetchFailed({ url: url.href, detail: `no whole answer within ${timeoutMs} ms` });
    if (error instanceof HoldfastError) return error;
    return captureErrors.fetchFailed({ url: url.href, detail: errorText(error) }, { cause: error });
  };

  let url = parts.checkUrl(link);
  const first = url.origin;
  for (let hops = 0; hops <= maxRedirects; hops++) {
    try {
      const target = await unlessAborted(parts.resolve(url.hostname, portOf(url)), signal);
      const answer = await sendGet(url, target, headersFor(options, url.origin === first), signal);
      const next = redirectOf(answer, url);
      if (next === undefined) return await respond(answer, url, maxBytes, failure);
      answer.destroy();
      url = parts.checkUrl(next);
    } catch (error) {
      throw failure(url, error);
    }
  }
  throw captureErrors.tooManyRedirects({ url: link, limit: maxRedirects });
}

const portOf = (url: URL) => Number(url.port || (url.protocol === 'https:' ? 443 : 80));

/** Where the answer sends on to; a fragment is inherited as in browsers. */
function redirectOf(answer: IncomingMessage, url: URL): string | undefined {
  const { location } = answer.headers;
  if (location === undefined || !redirects.has(answer.statusCode ?? 0)) return undefined;
  const next = URL.parse(Buffer.from(location, 'latin1').toString(), url);
  if (!next) return location;
  if (next.hash === '') next.hash = url.hash;
  return next.href;
}

function headersFor(options: GuardedFetchOptions, sameOrigin: boolean): Record<string, string> {
  const headers: Record<string, string> = { 'accept-encoding': 'gzip, deflate, br, zstd', accept: '*/*' };
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    const lower = name.toLowerCase();
    if (lower !== 'host' && (sameOrigin || !secret.has(lower))) headers[lower] = value;
  }
  return headers;
}

async function respond(
  answer: IncomingMessage,
  url: URL,
  maxBytes: number,
  failure: (url: URL, error: unknown) => unknown,
): Promise<GuardedResponse> {
  const coding = answer.headers['content-encoding'] ?? '';
  const decoded = await decodeBody(answer, coding);
  if (!decoded) {
    answer.destroy();
    throw new Error(`the content coding "${coding}" is not supported`);
  }
  async function* body() {
    let received = 0;
    try {
      for await (const chunk of decoded as AsyncIterable<Uint8Array>) {
        received += chunk.length;
        if (received > maxBytes) throw captureErrors.tooLarge({ url: url.href, limitBytes: maxBytes });
        yield chunk;
      }
    } catch (error) {
      throw failure(url, error);
    } finally {
      answer.destroy();
    }
  }
  const headers = headerPairs(answer.rawHeaders, decoded !== answer);
  return { url: url.href, status: answer.statusCode!, headers, body: body() };
}

/** The headers as received, but for those that describe the body before it was decoded. */
function headerPairs(raw: readonly string[], wasEncoded: boolean): [string, string][] {
  const stale = new Set(
    wasEncoded ? ['content-encoding', 'content-length', 'transfer-encoding'] : ['transfer-encoding'],
  );
  return raw
    .flatMap((name, i): [string, string][] => (i % 2 === 0 ? [[name, raw[i + 1]!]] : []))
    .filter(([name]) => !stale.has(name.toLowerCase()));
}
