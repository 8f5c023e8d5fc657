import type { Digest } from '../../../kernel/index.ts';
import type { TimedExchange } from '../../snapshot/format.ts';

/** A response that a reference of the document may stand for. */
export interface Resource {
  readonly exchange: TimedExchange;
  readonly digest: Digest;
  readonly sizeBytes: number;
}

/** Finds by URL what the browser was given for it, redirects followed. */
export interface Resources {
  /** Undefined where there was no answer with a body for it. */
  find(url: string): Resource | undefined;
  /** True where the browser asked for it, whatever came of it. */
  wasRequested(url: string): boolean;
}

const maxRedirects = 20;

/** An index over recorded exchanges, and over requests that were never answered; of several answers for one URL the last good one counts. */
export function indexResources(
  exchanges: readonly TimedExchange[],
  pending: readonly { readonly url: string }[] = [],
): Resources {
  const asked = new Set(pending.map(({ url }) => withoutFragment(url)));
  const byUrl = new Map<string, TimedExchange>();
  for (const exchange of exchanges) {
    if (exchange.method !== 'GET') continue;
    const known = byUrl.get(exchange.url);
    if (!known || isGood(exchange) || !isGood(known)) byUrl.set(exchange.url, exchange);
  }
  return {
    find(url) {
      let current = withoutFragment(url);
      for (let hop = 0; hop < maxRedirects; hop++) {
        const exchange = byUrl.get(current);
        if (!exchange) return undefined;
        if (exchange.body && exchange.status < 400) {
          return { exchange, digest: exchange.body.digest, sizeBytes: exchange.body.size };
        }
        const location = locationOf(exchange);
        if (location === undefined) return undefined;
        current = withoutFragment(location);
      }
      return undefined;
    },
    wasRequested: (url) => byUrl.has(withoutFragment(url)) || asked.has(withoutFragment(url)),
  };
}

/** Where a redirect leads, absolute; undefined for everything else. */
export function locationOf(exchange: TimedExchange): string | undefined {
  if (exchange.status < 300 || exchange.status >= 400) return undefined;
  const location = exchange.responseHeaders.find(([name]) => name.toLowerCase() === 'location')?.[1];
  if (location === undefined) return undefined;
  try {
    return new URL(location, exchange.url).href;
  } catch {
    return undefined;
  }
}

/** A URL without its fragment. */
export function withoutFragment(url: string): string {
  const hash = url.indexOf('#');
  return hash === -1 ? url : url.slice(0, hash);
}

function isGood(exchange: TimedExchange): boolean {
  return !exchange.error && exchange.status < 400;
}
