import { registryOf } from '../../derive/images.ts';
import { type Bastion, type Plan, zoneOf } from '../../model.ts';

/** A container that stands for one of the bastion's services; all share the network of the machine. */
export interface EngineService {
  readonly name: string;
  /** Which of the bastion's services it is a part of. */
  readonly of: keyof Bastion['serves'];
  readonly image: string;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** `source` is below the rendered folder. */
  readonly volumes: readonly {
    readonly source: string;
    readonly target: string;
    readonly readOnly: boolean;
  }[];
  readonly capabilities: readonly string[];
  readonly after: readonly string[];
}

const none = { command: [], environment: {}, capabilities: [], after: [] };
const bind = ['NET_BIND_SERVICE'];

/** The engines that can take the place of Holdfast's own services. */
export function enginesOf(plan: Plan): readonly EngineService[] {
  const fixed = (source: string, target: string) => ({ source, target, readOnly: true });
  const kept = (source: string, target: string) => ({ source, target, readOnly: false });
  return [
    {
      ...none,
      name: 'etcd',
      of: 'dns',
      image: 'quay.io/coreos/etcd:v3.5.17',
      command: [
        '/usr/local/bin/etcd',
        '--data-dir=/var/lib/etcd',
        '--listen-client-urls=http://127.0.0.1:2379',
        '--advertise-client-urls=http://127.0.0.1:2379',
        '--listen-peer-urls=http://127.0.0.1:2380',
      ],
      volumes: [kept('etcd', '/var/lib/etcd')],
    },
    {
      ...none,
      name: 'coredns',
      of: 'dns',
      image: 'docker.io/coredns/coredns:1.11.3',
      command: ['-conf', '/etc/coredns/Corefile'],
      volumes: [fixed('dns', '/etc/coredns')],
      capabilities: bind,
      after: ['etcd'],
    },
    {
      ...none,
      name: 'haproxy',
      of: 'balancer',
      image: 'docker.io/library/haproxy:2.8',
      command: ['haproxy', '-W', '-db', '-f', '/etc/haproxy/haproxy.cfg'],
      volumes: [fixed('haproxy', '/etc/haproxy')],
      capabilities: bind,
    },
    {
      ...none,
      name: 'nginx',
      of: 'files',
      image: 'docker.io/library/nginx:1.26-alpine',
      volumes: [fixed('nginx', '/etc/nginx/conf.d'), fixed('www', '/usr/share/nginx/html')],
      // Its master binds and opens logs as root, its workers are another user.
      capabilities: [...bind, 'CHOWN', 'SETGID', 'SETUID'],
    },
    ...(plan.bastion.serves.registry === 'rendered' ? [registryEngine(plan)] : []),
  ];

  function registryEngine({ bastion, registry }: Plan): EngineService {
    return {
      ...none,
      name: 'registry',
      of: 'registry',
      image: 'docker.io/library/registry:2.8.3',
      environment: {
        REGISTRY_HTTP_ADDR: `${bastion.address}:${registry.port}`,
        REGISTRY_HTTP_HOST: `https://${registryOf(plan)}`,
        REGISTRY_HTTP_TLS_CERTIFICATE: '/certificates/registry.crt',
        REGISTRY_HTTP_TLS_KEY: '/certificates/registry.key',
      },
      volumes: [fixed('certificates', '/certificates'), kept('registry', '/var/lib/registry')],
      capabilities: bind,
    };
  }
}

/** Where units find the rendered folder; compose takes the folder that its file lies in. */
export const installedAt = (plan: Plan): string => `/etc/holdfast/${zoneOf(plan)}`;
