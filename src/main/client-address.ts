import { hostname } from 'node:os';
import type { Workspace } from '../cli/index.ts';
import type { Config } from '../config/index.ts';
import { addressText } from './origins.ts';
import { releaseRepository } from './release-repository.ts';

/** The port of the documentation. */
const usualPort = 8422;

/** What clients name it by: the first name that it was given, else its address, and this machine's name where it listens on all. */
export function clientAddress(
  { registryNames: [name] }: Pick<Config, 'registryNames'>,
  at: { host: string; port: number },
): string {
  if (name !== undefined) return `${name}:${at.port}`;
  const isEverywhere = at.host === '0.0.0.0' || at.host === '::';
  return isEverywhere ? `${hostname()}:${at.port}` : addressText(at);
}

/** Where releases are served from here; on the usual port where the registry is off. */
export function mirrorOf(config: Config): Workspace['mirror'] {
  const listen = config.registryListen ?? { host: '0.0.0.0', port: usualPort };
  return {
    registry: clientAddress(config, listen),
    repository: releaseRepository,
    isServed: config.registryListen !== null,
  };
}
