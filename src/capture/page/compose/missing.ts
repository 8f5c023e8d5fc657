import type { MissingResource, TimedExchange } from '../../snapshot/format.ts';
import type { OpenRequest } from '../record/in-flight.ts';
import { withoutFragment } from './resources.ts';

/** The kinds of requests whose answers a person sees; scripts, beacons and data of scripts have had their effect already. */
const visible = new Set(['image', 'stylesheet', 'font', 'media', 'document', 'other']);

/** Resources that the page asked for and the snapshot does not have, each URL once, with why; the main document has a verdict instead. */
export function findMissing(
  exchanges: readonly TimedExchange[],
  pending: readonly OpenRequest[],
  mainUrl: string,
): readonly MissingResource[] {
  const missing = new Map<string, string>();
  const good = new Set<string>();
  for (const exchange of exchanges) {
    if (!exchange.error && exchange.status < 400) good.add(exchange.url);
    // What the page itself gave up it did not miss.
    if (
      !visible.has(exchange.type) ||
      exchange.error === 'Aborted' ||
      (!exchange.error && exchange.status < 400)
    )
      continue;
    missing.set(exchange.url, exchange.error ?? `HTTP ${exchange.status}`);
  }
  for (const { url, type } of pending) if (visible.has(type)) missing.set(url, 'pending');
  missing.delete(withoutFragment(mainUrl));
  return [...missing].filter(([url]) => !good.has(url)).map(([url, reason]) => ({ url, reason }));
}

/** How many resources the page asked for that a person sees. */
export function countResources(exchanges: readonly TimedExchange[], pending: readonly OpenRequest[]): number {
  const asked = [...exchanges, ...pending].filter(({ type }) => visible.has(type));
  return new Set(asked.map(({ url }) => url)).size;
}
