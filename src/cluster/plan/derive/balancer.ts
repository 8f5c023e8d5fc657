import { planErrors } from '../errors.ts';
import { bootstrapOf, mastersOf, type Node, type Plan } from '../model.ts';
import { installsOf } from './machines.ts';

/** How it is found out whether a server takes connections; the certificate of `https` is not verified, as it is the cluster's own. */
export type HealthCheck = { readonly kind: 'tcp' } | { readonly kind: 'https'; readonly path: string };

export interface BalancerServer {
  readonly name: string;
  readonly address: string;
  /** True for bootstrap, which leaves once the masters carry the API. */
  readonly temporary: boolean;
}

export type FrontendName =
  | 'openshift-api-server'
  | 'machine-config-server'
  | 'ingress-http'
  | 'ingress-https';

/** One port that is balanced; servers are reached at the same port. */
export interface Frontend {
  readonly name: FrontendName;
  /** Where it listens. */
  readonly address: string;
  readonly port: number;
  readonly check: HealthCheck;
  readonly servers: readonly BalancerServer[];
}

export interface BalancerFacts {
  readonly frontends: readonly Frontend[];
  /** The pace of the checks, and how many in a row change a server's state. */
  readonly pace: {
    readonly intervalMs: number;
    /** While a server is down. */
    readonly downIntervalMs: number;
    readonly rise: number;
    readonly fall: number;
    /** Over which a server that has come up is given its full share. */
    readonly slowStartMs: number;
  };
  readonly limits: {
    readonly maxConnections: number;
    /** To each server. */
    readonly maxServerConnections: number;
    readonly connectMs: number;
    /** After which a connection without a byte in either direction is closed. */
    readonly idleMs: number;
  };
}

/** Who balances what, and how (openshift-docs, modules/installation-load-balancing-user-infra.adoc). */
export function balancerOf(plan: Plan): BalancerFacts {
  const { apiAddress, ingressAddress } = plan.balancer;
  const bootstrap = bootstrapOf(plan);
  const control = [
    ...(bootstrap ? [serverOf(bootstrap, true)] : []),
    ...mastersOf(plan).map((node) => serverOf(node, false)),
  ];
  const ingress = ingressNodesOf(plan).map((node) => serverOf(node, false));
  const tcp = { kind: 'tcp' } as const;
  return {
    frontends: [
      {
        name: 'openshift-api-server',
        address: apiAddress,
        port: 6443,
        check: { kind: 'https', path: '/readyz' },
        servers: control,
      },
      { name: 'machine-config-server', address: apiAddress, port: 22623, check: tcp, servers: control },
      { name: 'ingress-http', address: ingressAddress, port: 80, check: tcp, servers: ingress },
      { name: 'ingress-https', address: ingressAddress, port: 443, check: tcp, servers: ingress },
    ],
    pace: { intervalMs: 10_000, downIntervalMs: 5_000, rise: 3, fall: 2, slowStartMs: 60_000 },
    limits: { maxConnections: 20_000, maxServerConnections: 4_000, connectMs: 5_000, idleMs: 3_600_000 },
  };
}

/** The nodes that take 80 and 443; throws `plan.unknownIngressNode`. */
export function ingressNodesOf(plan: Plan): readonly Node[] {
  const byName = new Map(installsOf(plan).map((node) => [node.name, node]));
  return plan.balancer.ingressNodes.map((name) => {
    const node = byName.get(name);
    if (node === undefined) throw planErrors.unknownIngressNode({ name });
    return node;
  });
}

const serverOf = ({ name, address }: Node, temporary: boolean): BalancerServer => ({
  name,
  address,
  temporary,
});
