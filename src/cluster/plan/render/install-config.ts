import { isAtLeast, mirrorSection } from '../../../kernel/index.ts';
import { registriesOf } from '../derive/images.ts';
import { diskOf, isSingleNode } from '../derive/machines.ts';
import { mastersOf, type Plan } from '../model.ts';
import { yamlText } from './formats/data.ts';
import { network } from './formats/formats.ts';
import { mergedPullSecret, type RenderInputs, sshKeyLine, trustBundleText } from './inputs.ts';

/** OpenShift's own architectures by the names that install-config.yaml has for them; the first goes without saying. */
const architectures = { x86_64: undefined, aarch64: 'arm64', ppc64le: 'ppc64le', s390x: 's390x' } as const;

/**
 * install-config.yaml of a plan, secrets included. Compute has no replicas whatever the number of workers, because nobody
 * makes machines (openshift-docs, modules/installation-three-node-cluster.adoc). Throws `plan.badPullSecret`, `plan.badSshKey`
 * or `plan.badTrustBundle`.
 */
export function installConfigOf(plan: Plan, inputs: RenderInputs): string {
  const { cluster, networks } = plan;
  const version = cluster.version.text;
  const architecture = architectures[cluster.architecture];
  const pool = {
    ...(architecture !== undefined && { architecture }),
    hyperthreading: cluster.hyperthreading ? 'Enabled' : 'Disabled',
  };
  const additionalTrustBundle = trustBundleText(inputs);
  const masters = mastersOf(plan);
  return yamlText({
    apiVersion: 'v1',
    baseDomain: cluster.baseDomain,
    compute: [{ ...pool, name: 'worker', replicas: 0 }],
    controlPlane: { ...pool, name: 'master', replicas: masters.length },
    metadata: { name: cluster.name },
    networking: {
      clusterNetwork: [{ cidr: cidr(networks.pods.cidr), hostPrefix: networks.pods.hostPrefix }],
      // Without it the installer takes 10.0.0.0/16, and proxies and checks go by that.
      ...(isAtLeast(version, 4) && { machineNetwork: [{ cidr: cidr(networks.machine) }] }),
      networkType: networks.type,
      serviceNetwork: [cidr(networks.services)],
    },
    platform: { none: {} },
    ...(isSingleNode(plan) && { bootstrapInPlace: { installationDisk: `/dev/${diskOf(masters[0]!)}` } }),
    fips: cluster.fips,
    pullSecret: mergedPullSecret(plan, inputs),
    sshKey: sshKeyLine(inputs),
    ...(additionalTrustBundle !== undefined && { additionalTrustBundle }),
    ...mirrorSection(version, registriesOf(plan)),
  });
}

const cidr = (text: string): string => network.word(text).text;
