import type { Retry } from './retry.ts';
import type { RepositoryName } from './types.ts';
import type { Wire } from './wire.ts';

/** One repository at one registry: what every request to it needs. */
export interface Endpoint extends RepositoryName {
  readonly wire: Wire;
  readonly retry: Retry;
  readonly scopes: readonly string[];
  /** An address below `/v2/<repository>/`. */
  url(path: string): URL;
}

/** `actions`: as in scopes, `pull` or `pull,push`. */
export function endpointOf(name: RepositoryName, actions: string, wire: Wire, retry: Retry): Endpoint {
  const { host, repository } = name;
  return {
    host,
    repository,
    wire,
    retry,
    scopes: [`repository:${repository}:${actions}`],
    url: (path) => wire.urlOf(`${repository}/${path}`),
  };
}

/** `host/repository`, as people know it. */
export const nameOf = ({ host, repository }: RepositoryName): string => `${host}/${repository}`;
