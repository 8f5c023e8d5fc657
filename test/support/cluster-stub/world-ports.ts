import type { Plan } from '../../../src/cluster/plan/index.ts';
import { referencePlan } from '../../../src/cluster/plan/testing/reference-plan.ts';
import { createIgnition } from '../../../src/cluster/steps/ignition/create-ignition.ts';
import { connectTo } from '../../../src/cluster/steps/install/connect.ts';
import type { FileFetch, InstallPorts, Look } from '../../../src/cluster/steps/install/types.ts';
import type { WorkFolder } from '../../../src/cluster/steps/work-folder.ts';
import { systemClock } from '../../../src/kernel/index.ts';

/** The reference plan with its API on loopback. */
export const worldPlan: Plan = {
  ...referencePlan,
  balancer: { ...referencePlan.balancer, apiAddress: '127.0.0.1' },
};

/** What an installation has around it in the play: services over HTTP, and an installer that is a script. */
export function worldPorts(url: string, work: WorkFolder, installer: string): InstallPorts {
  const ask = async <R>(path: string): Promise<R> => (await (await fetch(url + path)).json()) as R;
  const ignition = createIgnition(work, systemClock);
  const inputs = {
    installer,
    installConfig: 'apiVersion: v1\n',
    manifests: new Map([['manifests/cluster-scheduler-02-config.yml', 'kind: Scheduler\n']]),
    singleNode: false,
  };
  return {
    mirror: { look: () => ask<Look>('/mirror') },
    services: {
      look: () => ask<Look>('/services'),
      drain: (name) => ask<Look>(`/drain/${name}`),
      fileFetches: () => ask<readonly FileFetch[]>('/fetches'),
    },
    preflight: { look: () => ask<Look>('/preflight') },
    ignition: {
      ensure: async (options) => (await ignition.ensure(inputs, options)).generation,
      current: ignition.current,
    },
    connect: (kubeconfig) => connectTo(worldPlan, kubeconfig),
  };
}
