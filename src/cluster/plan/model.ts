/** A version of OpenShift or RHCOS as `major.minor.patch`; the patch may carry a suffix such as `0-rc.1`. */
export interface Version {
  readonly text: string;
  readonly major: number;
  readonly minor: number;
}

export type Architecture = 'x86_64' | 'aarch64' | 'ppc64le' | 's390x';
export type NetworkType = 'OpenShiftSDN' | 'OVNKubernetes';
export type NodeRole = 'bootstrap' | 'master' | 'worker';

/** Networks are IPv4 in CIDR form, addresses dotted IPv4; OpenShift's bare-metal UPI of the versions served here is IPv4. */
export interface Networks {
  /** The network that nodes and bastion stand in. */
  readonly machine: string;
  /** Default gateway of the nodes. */
  readonly gateway: string;
  readonly pods: { readonly cidr: string; readonly hostPrefix: number };
  readonly services: string;
  /** What the plan says, or the default of its version (OpenShiftSDN up to 4.11, OVNKubernetes from 4.12). */
  readonly type: NetworkType;
  /** Bytes; undefined where the plan leaves it to the network. */
  readonly mtu?: number;
}

export interface Node {
  /** The host name without its zone, a DNS label. */
  readonly name: string;
  readonly role: NodeRole;
  readonly address: string;
  /** Device to install on, as `coreos.inst.install_dev` takes it, for example `sda`. */
  readonly disk: string;
  /** Network interface, for example `ens192`. */
  readonly interface: string;
  /** Bootstrap only: the name of the worker that this machine is installed as afterwards. */
  readonly becomes?: string;
  /** Extra kernel arguments, in order. */
  readonly kernelArguments: readonly string[];
}

/** One of the four services of a bastion: by Holdfast, by a rendered engine, or somebody else's. */
export type ServedBy = 'holdfast' | 'rendered' | 'external';

export interface Bastion {
  readonly name: string;
  readonly address: string;
  /** Ports of what the bastion serves; the balancer's 6443, 22623, 80 and 443 are fixed by OpenShift. */
  readonly filesPort: number;
  readonly statsPort: number;
  readonly serves: {
    readonly dns: ServedBy;
    readonly balancer: ServedBy;
    readonly files: ServedBy;
    readonly registry: ServedBy;
  };
}

export interface Registry {
  /** Full host name, for example `registry.openshift4.example.com`. */
  readonly host: string;
  readonly address: string;
  readonly port: number;
  /** The one repository that the release is mirrored to, for example `ocp4/openshift4`. */
  readonly repository: string;
}

/** Paths are as written in the plan, relative to its folder; the bytes come from whoever reads files. */
export interface SecretFiles {
  readonly pullSecret: string;
  readonly sshKey: string;
  /** PEM of the authorities that nodes must trust; undefined where Holdfast's own authority is to be used. */
  readonly trustBundle?: string;
}

export interface Rhcos {
  readonly version: Version;
  /** Path below the file service: the raw metal image of 4.5 and earlier, or of later versions when given. */
  readonly image: string;
  /** Path of the installer or live ISO on the bastion, relative to the plan. */
  readonly iso?: string;
}

/** A cluster and what surrounds it: every fact once. All names are checked, all defaults filled in. */
export interface Plan {
  readonly cluster: {
    readonly name: string;
    readonly baseDomain: string;
    readonly version: Version;
    readonly architecture: Architecture;
    readonly fips: boolean;
    readonly hyperthreading: boolean;
    readonly mastersSchedulable: boolean;
  };
  readonly networks: Networks;
  readonly bastion: Bastion;
  readonly registry: Registry;
  readonly nodes: readonly Node[];
  readonly balancer: {
    /** Where API and machine-config traffic enters; normally the bastion's address. */
    readonly apiAddress: string;
    /** Where 80 and 443 enter; normally the same. */
    readonly ingressAddress: string;
    /** Names of the nodes that take 80 and 443; by default the workers, or the masters where there are none. */
    readonly ingressNodes: readonly string[];
  };
  readonly dns: {
    /** Addresses that unknown names are asked of; empty behind an air gap. */
    readonly upstream: readonly string[];
    readonly ttlSeconds: number;
  };
  /** Addresses or names of time servers; empty where nodes have a clock of their own. */
  readonly timeServers: readonly string[];
  readonly rhcos: Rhcos;
  readonly secrets: SecretFiles;
}

/** The zone of the cluster, `<name>.<baseDomain>`, without a final dot. */
export const zoneOf = (plan: Plan): string => `${plan.cluster.name}.${plan.cluster.baseDomain}`;

/** The full host name of a node or of another name in the cluster's zone. */
export const hostOf = (plan: Plan, name: string): string => `${name}.${zoneOf(plan)}`;

/** Masters in the order of the plan, which gives etcd its indexes. */
export const mastersOf = (plan: Plan): readonly Node[] => plan.nodes.filter((node) => node.role === 'master');

/** Workers in the order of the plan, without the one that bootstrap becomes. */
export const workersOf = (plan: Plan): readonly Node[] => plan.nodes.filter((node) => node.role === 'worker');

/** The bootstrap machine; undefined for a single node that bootstraps in place. */
export const bootstrapOf = (plan: Plan): Node | undefined =>
  plan.nodes.find((node) => node.role === 'bootstrap');

/** True when `version` is at least `major.minor`. */
export const atLeast = (version: Pick<Version, 'major' | 'minor'>, major: number, minor: number): boolean =>
  version.major > major || (version.major === major && version.minor >= minor);
