import { type BalancerServer, balancerOf, type Frontend } from '../../derive/balancer.ts';
import type { Plan } from '../../model.ts';
import { type Fragment, fileText } from '../formats/format.ts';
import { haproxy } from '../formats/formats.ts';

type Part = Fragment<'haproxy.cfg'>;

/** haproxy.cfg; without the servers that are there for the bootstrap alone where `temporary` is false. */
export function haproxyText(plan: Plan, { temporary }: { readonly temporary: boolean }): string {
  const { frontends, pace, limits } = balancerOf(plan);
  const servers = haproxy`default-server inter ${pace.intervalMs}ms downinter ${pace.downIntervalMs}ms rise ${pace.rise} fall ${pace.fall} slowstart ${pace.slowStartMs}ms maxconn ${limits.maxServerConnections}`;
  return fileText(haproxy`
    global
        maxconn ${limits.maxConnections}
        log stdout format raw local0 notice

    defaults
        mode tcp
        log global
        option tcplog
        option dontlognull
        timeout connect ${limits.connectMs}ms
        timeout client ${limits.idleMs}ms
        timeout server ${limits.idleMs}ms
        timeout tunnel ${limits.idleMs}ms
        timeout check 10s
        ${servers}

    # The state of every server, and /healthz for whoever watches this balancer. It has no password and is for this machine
    # alone: ssh -L ${plan.bastion.statsPort}:127.0.0.1:${plan.bastion.statsPort} to the bastion.
    frontend stats
        bind 127.0.0.1:${plan.bastion.statsPort}
        mode http
        option httplog
        timeout http-request 15s
        timeout client 60s
        stats enable
        stats uri /
        stats refresh 30s
        monitor-uri /healthz
    ${frontends.map((frontend) => frontendOf(frontend, temporary))}
  `);
}

function frontendOf({ name, address, port, check, servers }: Frontend, temporary: boolean): Part {
  const checked: readonly Part[] =
    check.kind === 'https'
      ? [haproxy`option httpchk GET ${check.path}`, haproxy`http-check expect status 200`]
      : [];
  const serverOf = (server: BalancerServer): Part => {
    const own = haproxy`server ${server.name} ${server.address}:${port} ${check.kind === 'https' ? haproxy`check check-ssl verify none` : haproxy`check`}`;
    return server.temporary ? haproxy`${own} # until bootstrap is complete` : own;
  };
  return haproxy`

    frontend ${name}
        bind ${address}:${port}
        default_backend ${name}

    backend ${name}
        balance roundrobin
        ${checked}
        ${servers.filter((server) => temporary || !server.temporary).map(serverOf)}
  `;
}
