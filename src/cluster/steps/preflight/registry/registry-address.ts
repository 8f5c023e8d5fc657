import { findAddress } from '../names/ask.ts';
import type { Scene } from '../types.ts';

/** Where nodes find the registry: where its name leads, or the plan's address where it leads nowhere. */
export async function registryAddress(scene: Scene, signal: AbortSignal): Promise<string> {
  const { host, address } = scene.plan.registry;
  return (await findAddress(scene, host, signal)) ?? address;
}
