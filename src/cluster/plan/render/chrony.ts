import { atLeast, type Version } from '../model.ts';
import { yamlText } from './formats/data.ts';
import { fileText } from './formats/format.ts';
import { chrony } from './formats/formats.ts';

/** The role whose nodes a MachineConfig is for. */
export type PoolRole = 'master' | 'worker';

/**
 * The MachineConfig that gives nodes of a role their time servers (openshift-docs, "Configuring chrony time service"):
 * ignition 2.2.0 up to OpenShift 4.5, 3.1.0 in 4.6, 3.2.0 later. Throws `plan.unrenderable`.
 */
export function chronyMachineConfig(
  role: PoolRole,
  timeServers: readonly string[],
  version: Pick<Version, 'major' | 'minor'>,
): string {
  const conf = fileText(chrony`
    ${timeServers.map((it) => chrony`server ${it} iburst`)}
    driftfile /var/lib/chrony/drift
    makestep 1.0 3
    rtcsync
    logdir /var/log/chrony
  `);
  const isOld = !atLeast(version, 4, 6);
  const spec3 = atLeast(version, 4, 7) ? '3.2.0' : '3.1.0';
  const source = `data:text/plain;charset=utf-8;base64,${Buffer.from(conf).toString('base64')}`;
  const file = { path: '/etc/chrony.conf', mode: 0o644, contents: { source } };
  return yamlText({
    apiVersion: 'machineconfiguration.openshift.io/v1',
    kind: 'MachineConfig',
    metadata: {
      labels: { 'machineconfiguration.openshift.io/role': role },
      name: `99-${role}-chrony`,
    },
    spec: {
      config: {
        ignition: { version: isOld ? '2.2.0' : spec3 },
        storage: { files: [isOld ? { filesystem: 'root', ...file } : { ...file, overwrite: true }] },
      },
    },
  });
}
