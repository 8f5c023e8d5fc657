import { isAtLeast, mirrorObject } from '../../../kernel/index.ts';
import { registriesOf } from '../derive/images.ts';
import { isSingleNode } from '../derive/machines.ts';
import type { Plan } from '../model.ts';
import { chronyMachineConfig } from './chrony.ts';
import { yamlText } from './formats/data.ts';

/**
 * The manifests that go between `create manifests` and `create ignition-configs`, by their path below the folder of
 * openshift-install; a file of the same name there gives way.
 */
export function manifestTexts(plan: Plan): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const roles = isSingleNode(plan) ? (['master'] as const) : (['master', 'worker'] as const);
  if (plan.timeServers.length > 0)
    for (const role of roles)
      texts.set(
        `openshift/99_openshift-machineconfig_99-${role}-chrony.yaml`,
        chronyMachineConfig(role, plan.timeServers, plan.cluster.version),
      );
  // The installer makes masters schedulable, since no compute replicas are asked for.
  if (!plan.cluster.mastersSchedulable)
    texts.set('manifests/cluster-scheduler-02-config.yml', yamlText(schedulerObject));
  if (plan.networks.mtu !== undefined)
    texts.set('manifests/cluster-network-03-config.yml', yamlText(networkObject(plan, plan.networks.mtu)));
  return texts;
}

/** The object that tells a cluster that runs where images are mirrored, for its next release. */
export const mirrorObjectText = (plan: Plan): string =>
  yamlText(mirrorObject(plan.cluster.version.text, 'holdfast', registriesOf(plan)));

/** What that object is, for those who read of it. */
export const mirrorKindOf = (plan: Plan): string =>
  isAtLeast(plan.cluster.version.text, 13) ? 'ImageDigestMirrorSet' : 'ImageContentSourcePolicy';

const schedulerObject = {
  apiVersion: 'config.openshift.io/v1',
  kind: 'Scheduler',
  metadata: { name: 'cluster' },
  spec: { mastersSchedulable: false, policy: { name: '' } },
};

/** As openshift-docs has it for advanced network configuration (modules/nw-modifying-operator-install-config.adoc). */
function networkObject({ networks }: Plan, mtu: number): object {
  const config = networks.type === 'OpenShiftSDN' ? 'openshiftSDNConfig' : 'ovnKubernetesConfig';
  return {
    apiVersion: 'operator.openshift.io/v1',
    kind: 'Network',
    metadata: { name: 'cluster' },
    spec: {
      clusterNetwork: [{ cidr: networks.pods.cidr, hostPrefix: networks.pods.hostPrefix }],
      serviceNetwork: [networks.services],
      defaultNetwork: { type: networks.type, [config]: { mtu } },
    },
  };
}
