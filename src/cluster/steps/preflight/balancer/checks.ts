import { randomBytes } from 'node:crypto';
import { balancerOf, type Frontend, hostOf, type Plan } from '../../../plan/index.ts';
import type { ProbedFrontend } from '../../bastion/index.ts';
import { findings } from '../findings.ts';
import type { Check, Scene } from '../types.ts';
import { throughOthers } from './through-others.ts';
import { throughOurs } from './through-ours.ts';

/** A port of the balancer, and a name that clients reach it by. */
export interface Entrance {
  readonly frontend: Frontend;
  readonly name: string;
}

/** Every port of the balancer by every name that is used for it; behind Holdfast's own balancer stubs stand meanwhile. */
export function balancerChecks(scene: Scene): readonly Check[] {
  const { plan, control } = scene;
  const isOurs = plan.bastion.serves.balancer === 'holdfast';
  const probing = isOurs && control ? createProbing(scene) : undefined;
  const turns = new Map<number, Promise<unknown>>();
  return entrancesOf(plan).map(({ frontend, name }) => ({
    id: `balancer.${frontend.port}.${name.split('.')[0]!.startsWith('holdfast-') ? 'apps' : name.split('.')[0]}`,
    group: 'balancer',
    title: `${name.replace(/^holdfast-[0-9a-f]+\./, '*.')}:${frontend.port}`,
    run: async (signal) => {
      const entrance = { frontend, name };
      if (!probing) {
        // One at a time at a port: two in step would each be given the same server by turns.
        const before = turns.get(frontend.port);
        const own = Promise.resolve(before).then(() => throughOthers(scene, entrance, signal));
        turns.set(
          frontend.port,
          own.catch(() => undefined),
        );
        return own;
      }
      const probed = (await probing()).find((one) => one.frontend === frontend.name);
      return throughOurs(scene, entrance, probed, signal);
    },
  }));
}

/** 22623 is for nodes alone, which use the internal name; the API has both. */
function entrancesOf(plan: Plan): readonly Entrance[] {
  const names: Readonly<Record<number, readonly string[]>> = {
    6443: ['api', 'api-int'],
    22623: ['api-int'],
  };
  const app = `holdfast-${randomBytes(6).toString('hex')}.apps`;
  return balancerOf(plan).frontends.flatMap((frontend) =>
    (names[frontend.port] ?? [app]).map((name) => ({ frontend, name: hostOf(plan, name) })),
  );
}

/** One probe for all checks, begun with the first and ended when all are over. */
function createProbing({ control, after }: Scene): () => Promise<readonly ProbedFrontend[]> {
  let begun: Promise<readonly ProbedFrontend[]> | undefined;
  after(async () => {
    if (begun) await control?.endProbe();
  });
  return () =>
    (begun ??= (control?.probe() ?? Promise.reject(findings.noBastion())).then(({ frontends }) => frontends));
}
