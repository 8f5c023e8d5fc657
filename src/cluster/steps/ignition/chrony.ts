import { stringify } from 'yaml';

/** The role whose nodes a MachineConfig is for. */
export type PoolRole = 'master' | 'worker';

/**
 * The MachineConfig that gives nodes of a role their time servers (openshift-docs, "Configuring chrony time service"):
 * ignition 2.2.0 up to OpenShift 4.5, 3.1.0 in 4.6, 3.2.0 later.
 */
export function chronyMachineConfig(
  role: PoolRole,
  timeServers: readonly string[],
  version: { readonly major: number; readonly minor: number },
): string {
  const conf = [
    ...timeServers.map((it) => `server ${it} iburst`),
    'driftfile /var/lib/chrony/drift',
    'makestep 1.0 3',
    'rtcsync',
    'logdir /var/log/chrony',
    '',
  ].join('\n');
  const isOld = version.major === 4 && version.minor <= 5;
  const spec3 = version.major === 4 && version.minor === 6 ? '3.1.0' : '3.2.0';
  const source = `data:text/plain;charset=utf-8;base64,${Buffer.from(conf).toString('base64')}`;
  const file = { path: '/etc/chrony.conf', mode: 0o644, contents: { source } };
  return stringify(
    {
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
    },
    { lineWidth: 0 },
  );
}
