import { after } from 'node:test';
import { createClient } from '../../../test/interop/registry-conformance/client.ts';
import { createWorld } from '../../../test/interop/registry-conformance/world.ts';
import { type OpenRegistryOptions, openRegistry } from './open-registry.ts';

/** The header of Basic credentials. */
export const basic = (name: string, secret: string) =>
  `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`;

/** A registry with the steps of the conformance cases; it ends with the suite. */
export async function openWorld(options?: OpenRegistryOptions) {
  const registry = await openRegistry(options);
  after(() => registry.close());
  const world = createWorld(createClient(registry.url));
  return { ...registry, ...world, as: (authorization: string) => createClient(registry.url, authorization) };
}
