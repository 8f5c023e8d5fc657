import { balancerOf, type Plan } from '../../../plan/index.ts';

/** A port that Holdfast listens on for a plan. */
export interface PlannedListener {
  readonly service: 'dns' | 'balancer' | 'files' | 'registry';
  readonly protocol: 'tcp' | 'udp';
  readonly host: string;
  readonly port: number;
}

/** Every port that the bastion takes for what the plan has Holdfast serve. */
export function listenersOf(plan: Plan): readonly PlannedListener[] {
  const { serves, address, filesPort } = plan.bastion;
  const listeners: readonly PlannedListener[] = [
    { service: 'dns', protocol: 'udp', host: address, port: 53 },
    { service: 'dns', protocol: 'tcp', host: address, port: 53 },
    ...balancerOf(plan).frontends.map(
      (frontend): PlannedListener => ({
        service: 'balancer',
        protocol: 'tcp',
        host: frontend.address,
        port: frontend.port,
      }),
    ),
    { service: 'files', protocol: 'tcp', host: address, port: filesPort },
    { service: 'registry', protocol: 'tcp', host: plan.registry.address, port: plan.registry.port },
  ];
  return listeners.filter(({ service }) => serves[service] === 'holdfast');
}
