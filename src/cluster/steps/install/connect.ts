import { hostOf, type Plan } from '../../plan/index.ts';
import { stepsErrors } from '../errors.ts';
import { type ClusterApi, createClusterApi, createKube, parseKubeconfig } from '../kube/index.ts';
import { findText } from '../private-file.ts';

/** Reaches a plan's API at the balancer's address by its name, whether or not this machine resolves it. */
export async function connectTo(plan: Plan, kubeconfig: string): Promise<ClusterApi> {
  const text = await findText(kubeconfig, 1024 ** 2).catch((cause) => {
    throw stepsErrors.badKubeconfig({ path: kubeconfig, fault: cause.message }, { cause });
  });
  if (text === undefined) throw stepsErrors.badKubeconfig({ path: kubeconfig, fault: 'it does not exist' });
  const addresses = new Map(['api', 'api-int'].map((name) => [hostOf(plan, name), plan.balancer.apiAddress]));
  return createClusterApi(createKube(parseKubeconfig(text, kubeconfig), { addresses }));
}
