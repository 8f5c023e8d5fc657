import type { Clock, HttpTransport, IncomingResponse, OutgoingRequest } from '../../kernel/index.ts';
import type { Credentials } from '../credentials/credentials.ts';
import { imagesErrors } from '../errors.ts';
import { type Access, createAuthorizer } from './authorizer.ts';
import { brokenLine } from './faults.ts';

export interface WireRequest extends Access {
  readonly method: OutgoingRequest['method'];
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** Called for each time that the request is sent. */
  readonly body?: () => AsyncIterable<Uint8Array> | Uint8Array;
}

export interface WireOptions {
  /** As in references. */
  readonly host: string;
  readonly transport: HttpTransport;
  readonly credentials: Credentials;
  readonly plainHttp: boolean;
  readonly stallMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
}

/** One registry: sends a request once, logged in, and follows where its GETs and HEADs are sent on to. */
export interface Wire {
  readonly host: string;
  /** The address of a path below `/v2/`. */
  urlOf(path: string): URL;
  /** An address that the registry gave, for a next request; throws `images.badAnswer` where it must not be followed. */
  follow(location: string | undefined, from: URL): URL;
  /** Rejects where no answer came; an answer of any status but 401 that logging in helps, and redirects, is given as it is. */
  send(request: WireRequest): Promise<IncomingResponse>;
}

const maxHops = 5;
const redirects = new Set([301, 302, 303, 307, 308]);

export function createWire(options: WireOptions): Wire {
  const { host, transport, plainHttp, stallMs, signal } = options;
  const authorizer = createAuthorizer(options);
  const server = host === 'docker.io' ? 'registry-1.docker.io' : host;
  const base = new URL(`${plainHttp ? 'http' : 'https'}://${server}/v2/`);

  const sendOnce = async (request: WireRequest, login: string | undefined): Promise<IncomingResponse> => {
    const { method, url, headers, body } = request;
    try {
      return await transport.send({
        method,
        url,
        headers: {
          'user-agent': 'holdfast',
          ...headers,
          ...(login !== undefined && { authorization: login }),
        },
        ...(body && { body: body() }),
        stallMs,
        ...(signal && { signal }),
      });
    } catch (error) {
      signal?.throwIfAborted();
      throw brokenLine(url.host === base.host ? host : url.host, error);
    }
  };

  const sendLoggedIn = async (request: WireRequest): Promise<IncomingResponse> => {
    const login = await authorizer.header(request);
    const answer = await sendOnce(request, login);
    if (answer.status !== 401) return answer;
    if (!authorizer.learn(answer.headers['www-authenticate'] ?? '', request, login)) return answer;
    answer.discard();
    return sendOnce(request, await authorizer.header(request));
  };

  const wire: Wire = {
    host,
    urlOf: (path) => new URL(path, base),

    follow(location, from) {
      const url = location !== undefined && URL.canParse(location, from.href) && new URL(location, from.href);
      if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:'))
        throw imagesErrors.badAnswer({ host, detail: 'it sends on to what is no address' });
      // A registry behind a proxy that ends TLS often does not know that it is spoken to over TLS.
      if (url.protocol === 'http:' && url.host === from.host) url.protocol = from.protocol;
      if (url.protocol === 'http:' && !plainHttp)
        throw imagesErrors.badAnswer({
          host,
          detail: `it sends on to "${url.host}", which does not use TLS`,
        });
      return url;
    },

    async send(request) {
      let { url } = request;
      for (let hops = 0; ; hops++) {
        const step = { ...request, url };
        const answer = await (url.origin === base.origin ? sendLoggedIn(step) : sendOnce(step, undefined));
        const isFollowed = request.method === 'GET' || request.method === 'HEAD';
        if (!isFollowed || !redirects.has(answer.status)) return answer;
        answer.discard();
        if (hops >= maxHops) throw imagesErrors.badAnswer({ host, detail: 'it sends on without end' });
        url = wire.follow(answer.headers.location, url);
      }
    },
  };
  return wire;
}
