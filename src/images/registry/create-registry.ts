import { systemClock } from '../../kernel/index.ts';
import { noCredentials } from '../credentials/credentials.ts';
import { endpointOf } from './context.ts';
import { knownPlacesOf } from './known-places.ts';
import { parseMirrors, placesFor } from './mirrors.ts';
import { createRegistrySource } from './registry-source.ts';
import { createRegistryTarget } from './registry-target.ts';
import { createRetry } from './retry.ts';
import type { Registry, RegistryOptions } from './types.ts';
import { createWire, type Wire } from './wire.ts';

/** A client of registries; throws `images.badMirror`. */
export function createRegistry(options: RegistryOptions): Registry {
  const {
    transport,
    credentials = noCredentials,
    plainHttp = false,
    stallMs = 60_000,
    attempts = 5,
    pauseMs = 500,
    clock = systemClock,
    signal,
    sleep,
  } = options;
  const rules = parseMirrors(options.mirrors ?? []);
  const retry = createRetry({ attempts, pauseMs, signal, ...(sleep && { sleep }) });
  // Another place stands behind a mirror, so that none is waited for as long.
  const mirrorRetry = createRetry({
    attempts: Math.min(2, attempts),
    pauseMs,
    signal,
    ...(sleep && { sleep }),
  });
  const knownPlaces = knownPlacesOf(transport, clock);
  const wires = new Map<string, Wire>();
  const wireTo = (host: string): Wire => {
    const known = wires.get(host);
    if (known) return known;
    const wire = createWire({ host, transport, credentials, plainHttp, stallMs, clock, signal });
    wires.set(host, wire);
    return wire;
  };
  return {
    source(name) {
      const places = placesFor(name, rules);
      const endpoints = places.map((place, at) =>
        endpointOf(place, 'pull', wireTo(place.host), at < places.length - 1 ? mirrorRetry : retry),
      );
      return createRegistrySource({ endpoints, retry, knownPlaces, signal });
    },
    target: (name) => createRegistryTarget(endpointOf(name, 'pull,push', wireTo(name.host), retry)),
  };
}
