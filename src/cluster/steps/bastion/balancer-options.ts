import type { BalancerOptions, Frontend } from '../../../services/lb/index.ts';
import { balancerOf, type Plan } from '../../plan/index.ts';

/** The balancer of a plan. `left` says that bootstrap has left before, so that it begins without it. */
export function balancerOptionsOf(plan: Plan, left: boolean): Pick<BalancerOptions, 'frontends'> {
  const { frontends, pace, limits } = balancerOf(plan);
  return {
    frontends: frontends.map(
      ({ name, address, port, check, servers }): Frontend => ({
        name,
        listen: { host: address, port },
        check: {
          ...check,
          intervalMs: pace.intervalMs,
          downIntervalMs: pace.downIntervalMs,
          rise: pace.rise,
          fall: pace.fall,
        },
        backends: servers.map((server) => ({
          name: server.name,
          address: server.address,
          port,
          temporary: server.temporary,
          drained: server.temporary && left,
        })),
        slowStartMs: pace.slowStartMs,
        // Watches on an API server that went away would stay silent until they time out.
        ...(check.kind === 'https' && { closeDownAfterMs: 0 }),
        limits: {
          sessions: limits.maxConnections,
          sessionsPerBackend: limits.maxServerConnections,
          connectTimeoutMs: limits.connectMs,
          idleMs: limits.idleMs,
        },
      }),
    ),
  };
}
