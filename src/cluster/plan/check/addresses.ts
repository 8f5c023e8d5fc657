import type { Path } from '../issue.ts';
import { hostOf, type Plan, zoneOf } from '../model.ts';

/** An address or a name of a plan, and where it stands. */
export interface Mention {
  readonly value: string;
  readonly path: Path;
}

/** Addresses that belong to one machine each: gateway, bastion, nodes, and the registry where it is a machine of its own. */
export function machinesOf(plan: Plan): readonly Mention[] {
  const { networks, bastion, registry, nodes } = plan;
  return [
    { value: networks.gateway, path: ['networks', 'gateway'] },
    { value: bastion.address, path: ['bastion', 'address'] },
    ...(registry.address === bastion.address
      ? []
      : [{ value: registry.address, path: ['registry', 'address'] }]),
    ...nodes.map(({ address }, index) => ({ value: address, path: ['nodes', index, 'address'] })),
  ];
}

/** Where traffic enters the cluster. */
export function entrancesOf({ balancer }: Plan): readonly Mention[] {
  return [
    { value: balancer.apiAddress, path: ['balancer', 'apiAddress'] },
    { value: balancer.ingressAddress, path: ['balancer', 'ingressAddress'] },
  ];
}

/** Names in the cluster's zone that machines have, the label alone. */
export function namesOf(plan: Plan): readonly Mention[] {
  const { bastion, nodes } = plan;
  return [
    { value: bastion.name, path: ['bastion', 'name'] },
    ...nodes.map(({ name }, index) => ({ value: name, path: ['nodes', index, 'name'] })),
  ];
}

/** Every full name that the plan gives an address, with that address. */
export function hostsOf(plan: Plan): readonly (Mention & { readonly address: string })[] {
  const { bastion, nodes, balancer } = plan;
  return [
    { value: hostOf(plan, bastion.name), address: bastion.address, path: ['bastion', 'name'] },
    ...nodes.flatMap(({ name, address, becomes }, index) => [
      { value: hostOf(plan, name), address, path: ['nodes', index, 'name'] },
      ...(becomes === undefined
        ? []
        : [{ value: hostOf(plan, becomes), address, path: ['nodes', index, 'becomes'] }]),
    ]),
    ...['api', 'api-int'].map((name) => ({
      value: hostOf(plan, name),
      address: balancer.apiAddress,
      path: ['balancer', 'apiAddress'],
    })),
    { value: `apps.${zoneOf(plan)}`, address: balancer.ingressAddress, path: ['balancer', 'ingressAddress'] },
  ];
}
