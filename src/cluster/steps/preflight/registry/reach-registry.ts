import type { Credentials, ImageSource } from '../../../../images/index.ts';
import { registryOf } from '../../../plan/index.ts';
import type { Scene } from '../types.ts';
import { registryAddress } from './registry-address.ts';

/** Everywhere: the plan names what is asked. */
const anywhere = ['0.0.0.0/0', '::/0'];
const stallMs = 8_000;

/** Runs work over the repository that the release is mirrored to, reached by the plan's name, address and trust bundle. */
export async function withRepository<R>(
  scene: Scene,
  credentials: Credentials,
  signal: AbortSignal,
  work: (source: ImageSource) => Promise<R>,
): Promise<R> {
  const { createEgressGuard } = await import('../../../../capture/index.ts');
  const { createRegistry } = await import('../../../../images/index.ts');
  const { plan, trustBundle } = scene;
  const address = await registryAddress(scene, signal);
  const guard = createEgressGuard({
    policy: { allow: anywhere, never: [] },
    resolver: async (name) => (name === plan.registry.host ? [address] : []),
  });
  const transport = guard.transport(trustBundle === undefined ? {} : { ca: trustBundle });
  try {
    const registry = createRegistry({ transport, credentials, stallMs, attempts: 1, signal });
    return await work(registry.source({ host: registryOf(plan), repository: plan.registry.repository }));
  } finally {
    transport.close();
  }
}
