import { planErrors } from '../../errors.ts';
import type { Finding, Path } from '../../issue.ts';
import { atLeast, type Plan, type Version } from '../../model.ts';
import type { Rule } from '../rule.ts';

const versionPath: Path = ['cluster', 'version'];
const typePath: Path = ['networks', 'type'];
const rhcosPath: Path = ['rhcos', 'version'];
/** The newest minor version of OpenShift 4 that the rules were written for. */
const newestKnown = 21;

const patchOf = ({ text }: Version) => Number(/^\d+\.\d+\.(\d+)/.exec(text)?.[1] ?? 0);
const isPrerelease = ({ text }: Version) => text.includes('-');

/** Below 0 where `a` is older; of two equal numbers the prerelease is older. */
function compare(a: Version, b: Version): number {
  return (
    a.major - b.major ||
    a.minor - b.minor ||
    patchOf(a) - patchOf(b) ||
    Number(isPrerelease(b)) - Number(isPrerelease(a))
  );
}

const isKnown = ({ major, minor }: Version) => major === 4 && minor >= 1;

const network = (plan: Plan, type: string, error: Finding['error']): Finding[] =>
  plan.networks.type === type ? [{ error, path: typePath, contradicts: versionPath }] : [];

function* architecture(plan: Plan, names: readonly string[], since: string): Iterable<Finding> {
  const { architecture: name, version } = plan.cluster;
  if (!names.includes(name)) return;
  const error = planErrors.architectureTooNew({ architecture: name, since, version: version.text });
  yield { error, path: ['cluster', 'architecture'], contradicts: versionPath };
}

/** Rules on what a version of OpenShift knows. */
export const versionRules: readonly Rule[] = [
  {
    name: 'the version is one of OpenShift 4',
    severity: 'error',
    docs: 'installer: the first release with user-provisioned bare metal is 4.1',
    *find({ plan: { cluster } }) {
      if (cluster.version.major !== 0 && !isKnown(cluster.version))
        yield { error: planErrors.versionUnknown({ version: cluster.version.text }), path: versionPath };
    },
  },
  {
    name: 'the version is one that the rules were written for',
    severity: 'warning',
    docs: 'docs/plan.md',
    *find({ plan: { cluster } }) {
      const { major, minor, text } = cluster.version;
      if (major === 4 && minor > newestKnown)
        yield {
          error: planErrors.versionNew({ version: text, newest: `4.${newestKnown}` }),
          path: versionPath,
        };
    },
  },
  {
    name: 'RHCOS is not newer than OpenShift',
    severity: 'error',
    docs: 'modules/installation-user-infra-machines-iso.adoc',
    *find({ plan: { cluster, rhcos } }) {
      if (!isKnown(cluster.version) || compare(rhcos.version, cluster.version) <= 0) return;
      const error = planErrors.rhcosNewer({ rhcos: rhcos.version.text, version: cluster.version.text });
      yield { error, path: rhcosPath, contradicts: versionPath };
    },
  },
  {
    name: 'RHCOS speaks the Ignition of OpenShift',
    severity: 'error',
    since: '4.6',
    docs: 'modules/installation-user-infra-machines-iso.adoc: Ignition 3 from 4.6, 2 before',
    *find({ plan: { cluster, rhcos } }) {
      if (rhcos.version.major === 0 || atLeast(rhcos.version, 4, 6)) return;
      const error = planErrors.rhcosIgnition({ rhcos: rhcos.version.text, version: cluster.version.text });
      yield { error, path: rhcosPath, contradicts: versionPath };
    },
  },
  {
    name: 'RHCOS is of the minor version of OpenShift',
    severity: 'warning',
    docs: 'modules/installation-user-infra-machines-iso.adoc',
    *find({ plan: { cluster, rhcos } }) {
      const isOlder = rhcos.version.major === 4 && rhcos.version.minor < cluster.version.minor;
      if (!isOlder || (atLeast(cluster.version, 4, 6) && !atLeast(rhcos.version, 4, 6))) return;
      const error = planErrors.rhcosOlder({ rhcos: rhcos.version.text, version: cluster.version.text });
      yield { error, path: rhcosPath, contradicts: versionPath };
    },
  },
  {
    name: 'OpenShiftSDN is gone from 4.15 on',
    severity: 'error',
    since: '4.15',
    docs: 'installer: pkg/types/validation/installconfig.go',
    find: ({ plan }) => network(plan, 'OpenShiftSDN', planErrors.sdnGone()),
  },
  {
    name: 'OpenShiftSDN is deprecated in 4.14',
    severity: 'warning',
    since: '4.14',
    until: '4.14',
    docs: 'installer: pkg/types/validation/installconfig.go',
    find: ({ plan }) => network(plan, 'OpenShiftSDN', planErrors.sdnDeprecated()),
  },
  {
    name: 'OVN-Kubernetes is no preview any more',
    severity: 'warning',
    until: '4.5',
    docs: 'modules/nw-ovn-kubernetes-matrix.adoc',
    find: ({ plan }) => network(plan, 'OVNKubernetes', planErrors.ovnPreview()),
  },
  {
    name: 'the architecture aarch64 comes with 4.10',
    severity: 'error',
    until: '4.9',
    docs: 'release_notes/ocp-4-10-release-notes.adoc',
    find: ({ plan }) => architecture(plan, ['aarch64'], '4.10'),
  },
  {
    name: 'the architectures ppc64le and s390x come with 4.3',
    severity: 'error',
    until: '4.2',
    docs: 'release_notes/ocp-4-3-release-notes.adoc',
    find: ({ plan }) => architecture(plan, ['ppc64le', 's390x'], '4.3'),
  },
  {
    name: 'FIPS comes with 4.3',
    severity: 'error',
    until: '4.2',
    docs: 'installing/overview/installing-fips.adoc',
    *find({ plan: { cluster } }) {
      if (cluster.fips)
        yield {
          error: planErrors.fipsTooOld({ version: cluster.version.text }),
          path: ['cluster', 'fips'],
          contradicts: versionPath,
        };
    },
  },
  {
    name: 'FIPS wants an installing machine in FIPS mode',
    severity: 'warning',
    since: '4.16',
    docs: 'installing/overview/installing-fips.adoc',
    *find({ plan: { cluster } }) {
      if (cluster.fips) yield { error: planErrors.fipsHost(), path: ['cluster', 'fips'] };
    },
  },
];
