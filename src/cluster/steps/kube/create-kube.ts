import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { HoldfastError } from '../../../kernel/index.ts';
import { stepsErrors } from '../errors.ts';
import { pause } from '../pause.ts';
import { type KubeAccess, plainFault } from './kubeconfig.ts';
import { linesOf, textOf } from './read-body.ts';

export interface CallOptions {
  readonly signal?: AbortSignal;
}

/** What a list holds, pages joined; `resourceVersion` is where a watch goes on from. */
export interface KubeList {
  readonly items: readonly unknown[];
  readonly resourceVersion: string;
}

/** One event of a watch. */
export interface KubeChange {
  readonly type: string;
  readonly object: unknown;
}

/**
 * A Kubernetes API. Paths begin with `/api` or `/apis`. Everything throws `cluster.apiUnreachable` where no answer comes,
 * `cluster.apiDenied` for 401 and 403, `cluster.apiFailed` for another refusal and `cluster.apiMalformed` for an answer that
 * is none or that is larger than allowed.
 */
export interface Kube {
  /** An object; undefined where there is none. */
  get(path: string, options?: CallOptions): Promise<unknown>;
  list(path: string, options?: CallOptions): Promise<KubeList>;
  /** Puts an object; the API refuses it where it changed since it was read. */
  put(path: string, body: object, options?: CallOptions): Promise<unknown>;
  post(path: string, body: object, options?: CallOptions): Promise<unknown>;
  /** A text such as a log, cut at `maxBytes`. */
  text(path: string, maxBytes: number, options?: CallOptions): Promise<string>;
  /** Changes from `resourceVersion` on; ends when the API ends it, which it does every few minutes. */
  watch(path: string, resourceVersion: string, options?: CallOptions): AsyncIterable<KubeChange>;
  close(): void;
}

export interface KubeOptions {
  /** Addresses by host name, for names that the machine itself may not resolve. */
  readonly addresses?: ReadonlyMap<string, string>;
  /** How long an answer may take; default 20 s. */
  readonly timeoutMs?: number;
  /** What an answer may have; default 32 MiB. */
  readonly maxBytes?: number;
}

const pageSize = 500;
const mostPages = 40;
const tries = 3;
const watchSeconds = 240;

/** A client over node:https: client certificate or token, keep-alive, bounded bodies; reads are tried again. */
export function createKube(access: KubeAccess, options: KubeOptions = {}): Kube {
  const { server, ca, cert, key, token } = access;
  const { addresses, timeoutMs = 20_000, maxBytes = 32 * 1024 ** 2 } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const lookup = lookupIn(addresses);
  const address = server.host;

  const send = (method: string, path: string, body: object | undefined, signal: AbortSignal) =>
    new Promise<IncomingMessage>((done, failed) => {
      const bytes = body && Buffer.from(JSON.stringify(body));
      const sent = request(new URL(path, server), {
        method,
        agent,
        signal,
        ...(ca !== undefined && { ca }),
        ...(cert !== undefined && { cert, key }),
        ...(lookup && { lookup }),
        headers: {
          accept: 'application/json',
          'user-agent': 'holdfast',
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(bytes && { 'content-type': 'application/json', 'content-length': bytes.length }),
        },
      });
      sent.once('response', done).once('error', failed).end(bytes);
    });

  /** One call; gives the answer of a status below 300, or undefined for 404. */
  const call = async <R>(
    method: string,
    path: string,
    body: object | undefined,
    signal: AbortSignal | undefined,
    limitMs: number,
    read: (response: IncomingMessage) => Promise<R>,
  ): Promise<R | undefined> => {
    signal?.throwIfAborted();
    const limit = AbortSignal.timeout(limitMs);
    try {
      const response = await send(method, path, body, signal ? AbortSignal.any([signal, limit]) : limit);
      const { statusCode = 0 } = response;
      if (statusCode < 300) return await read(response);
      const reason = reasonIn(await textOf(response, 64 * 1024, true));
      if (statusCode === 404 && method === 'GET') return undefined;
      const details = { path: path.split('?')[0]!, status: statusCode, reason };
      if (statusCode === 401 || statusCode === 403) throw stepsErrors.apiDenied(details);
      throw stepsErrors.apiFailed(details);
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof HoldfastError) throw error;
      const detail = limit.aborted ? `no answer within ${limitMs / 1000} s` : plainFault(error);
      if (error instanceof RangeError || error instanceof SyntaxError)
        throw stepsErrors.apiMalformed({ path: path.split('?')[0]!, fault: detail }, { cause: error });
      throw stepsErrors.apiUnreachable({ server: address, detail }, { cause: error });
    }
  };

  const get = async <R>(
    path: string,
    signal: AbortSignal | undefined,
    read: (r: IncomingMessage) => Promise<R>,
  ) => {
    for (let at = 1; ; at++) {
      try {
        return await call('GET', path, undefined, signal, timeoutMs, read);
      } catch (error) {
        if (at === tries || !isPassing(error)) throw error;
        await pause(100 * 4 ** at, signal);
      }
    }
  };
  const json = async (response: IncomingMessage) => objectOf(await textOf(response, maxBytes));

  return {
    get: (path, { signal } = {}) => get(path, signal, json),

    async list(path, { signal } = {}) {
      const items: unknown[] = [];
      let next = '';
      for (let page = 0; page < mostPages; page++) {
        const query = `limit=${pageSize}${next && `&continue=${encodeURIComponent(next)}`}`;
        const answer = await get(withQuery(path, query), signal, json);
        const { items: more, metadata } = listOf(answer, path);
        items.push(...more);
        next = metadata.continue;
        if (next === '') return { items, resourceVersion: metadata.resourceVersion };
      }
      throw stepsErrors.apiMalformed({ path, fault: `it has more than ${mostPages * pageSize} entries` });
    },

    put: (path, body, { signal } = {}) => call('PUT', path, body, signal, timeoutMs, json),
    post: (path, body, { signal } = {}) => call('POST', path, body, signal, timeoutMs, json),

    async text(path, most, { signal } = {}) {
      return (await get(path, signal, (response) => textOf(response, most, true))) ?? '';
    },

    async *watch(path, resourceVersion, { signal } = {}) {
      const from = encodeURIComponent(resourceVersion);
      const query = `watch=1&timeoutSeconds=${watchSeconds}&resourceVersion=${from}`;
      const limitMs = (watchSeconds + 30) * 1000;
      const read = async (it: IncomingMessage) => it;
      const response = await call('GET', withQuery(path, query), undefined, signal, limitMs, read);
      if (!response) return;
      try {
        for await (const line of linesOf(response)) {
          const { type, object } = objectOf(line) as Partial<KubeChange>;
          // The version is too old: whoever watches lists again.
          if (type === 'ERROR') return;
          yield { type: String(type), object };
        }
      } catch (error) {
        signal?.throwIfAborted();
        throw stepsErrors.apiUnreachable({ server: address, detail: plainFault(error) }, { cause: error });
      } finally {
        response.destroy();
      }
    },

    close: () => agent.destroy(),
  };
}

/** Whether a read may go well when it is tried again at once; a refused connection is waited for by others. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof HoldfastError) || error.code !== 'cluster.apiFailed') return false;
  const status = Number(error.details.status);
  return status === 429 || status >= 500;
}

const withQuery = (path: string, query: string) => `${path}${path.includes('?') ? '&' : '?'}${query}`;

function objectOf(text: string): object {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) throw new SyntaxError('it is no object');
  return value;
}

function listOf(answer: unknown, path: string) {
  const { items, metadata } = (answer ?? { items: [] }) as { items?: unknown; metadata?: unknown };
  if (!Array.isArray(items)) throw stepsErrors.apiMalformed({ path, fault: 'it is no list' });
  const told = (typeof metadata === 'object' && metadata !== null ? metadata : {}) as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return {
    items: items as unknown[],
    metadata: { continue: text(told.continue), resourceVersion: text(told.resourceVersion) },
  };
}

/** What a `Status` of Kubernetes says, in one short line. */
function reasonIn(body: string): string {
  try {
    const { message, reason } = JSON.parse(body) as { message?: unknown; reason?: unknown };
    return String(message ?? reason ?? '').slice(0, 300);
  } catch {
    return body.split('\n')[0]!.slice(0, 100);
  }
}

function lookupIn(addresses: ReadonlyMap<string, string> | undefined): LookupFunction | undefined {
  if (!addresses) return undefined;
  return (host, options, callback) => {
    const address = addresses.get(host);
    if (address === undefined) {
      void import('node:dns').then((dns) => dns.lookup(host, options, callback));
      return;
    }
    const family = isIP(address);
    if (options.all) callback(null, [{ address, family }]);
    else callback(null, address, family);
  };
}
