import { type Balancer, type BalancerOptions, createBalancer } from '../balancer.ts';
import type { BalancerEvent, BalancerState } from '../state.ts';
import type { Backend, CheckTiming, Frontend } from '../types.ts';
import { until } from './client.ts';
import type { StubBackend } from './stub-backend.ts';

/** Checks that follow each other quickly. */
export const quick: Partial<CheckTiming> = {
  intervalMs: 40,
  fastIntervalMs: 20,
  downIntervalMs: 20,
  timeoutMs: 5000,
};

export const asBackend = ({ name, port }: StubBackend, rest: Partial<Backend> = {}): Backend => ({
  name,
  port,
  address: '127.0.0.1',
  ...rest,
});

/** A balancer that listens on loopback, one frontend for each given. */
export interface OpenBalancer extends AsyncDisposable {
  readonly balancer: Balancer;
  /** Of the first frontend. */
  readonly port: number;
  readonly ports: readonly number[];
  readonly events: readonly BalancerEvent[];
  backend(name: string, frontend?: number): BalancerState['frontends'][number]['backends'][number];
}

export type TestFrontend = Partial<Frontend> & Pick<Frontend, 'backends'>;

/** Opens one and waits until every backend was checked. */
export async function openBalancer(
  frontends: TestFrontend | readonly TestFrontend[],
  options: Partial<BalancerOptions> = {},
): Promise<OpenBalancer> {
  const balancer = createBalancer({
    frontends: [frontends].flat().map((frontend, index) => ({
      name: `front-${index}`,
      listen: { host: '127.0.0.1', port: 0 },
      check: { kind: 'http', path: '/readyz', ...quick },
      slowStartMs: 0,
      ...frontend,
    })),
    ...options,
  });
  const events: BalancerEvent[] = [];
  balancer.on((event) => events.push(event));
  const ports = (await balancer.listen()).map(({ port }) => port);
  await until(
    () => balancer.state().frontends.flatMap(({ backends }) => backends),
    (all) => all.every(({ health, drained }) => drained || health !== 'unknown'),
  );
  return {
    balancer,
    port: ports[0]!,
    ports,
    events,
    backend: (name, frontend = 0) =>
      balancer.state().frontends[frontend]!.backends.find((one) => one.name === name)!,
    [Symbol.asyncDispose]: async () => void (await balancer.close()),
  };
}
