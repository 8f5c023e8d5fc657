import { type Clock, systemClock } from '../../kernel/index.ts';
import { captureErrors } from '../errors.ts';
import { guardedFetch } from './fetch/guarded-fetch.ts';
import { createJudge } from './judge.ts';
import { openProxy } from './proxy/open-proxy.ts';
import { resolveTarget } from './resolve.ts';
import { pinningResolver, type Resolver, systemResolver } from './resolver.ts';
import { createTransport } from './transport/create-transport.ts';
import type { EgressGuard, EgressPolicy } from './types.ts';

export interface EgressGuardOptions {
  readonly policy: EgressPolicy;
  /** Default: what the machine is set up to ask. */
  readonly resolver?: Resolver;
  readonly clock?: Clock;
}

/** The guard that capture goes out through; throws `capture.badRange` or `capture.badOwnService` for a policy that cannot be read. */
export function createEgressGuard(options: EgressGuardOptions): EgressGuard {
  const { policy, resolver = systemResolver, clock = systemClock } = options;
  const judge = createJudge(policy);
  const guard: EgressGuard = {
    resolve: (host, port) => resolveTarget(host, port, judge, resolver),
    checkUrl(text) {
      const url = URL.parse(text);
      if (!url) throw captureErrors.badUrl({ url: text.slice(0, 2048) });
      if (url.protocol !== 'http:' && url.protocol !== 'https:')
        throw captureErrors.refusedScheme({ url: text.slice(0, 2048) });
      return url;
    },
    openProxy(limits) {
      const pinned = pinningResolver(resolver, clock);
      const resolve = (host: string, port: number) => resolveTarget(host, port, judge, pinned);
      return openProxy({ resolve, protect: judge.protect }, limits);
    },
    transport: (transportOptions = {}) => createTransport(guard, transportOptions),
    fetch: (url, fetchOptions) => guardedFetch(guard, url, fetchOptions),
  };
  return guard;
}
