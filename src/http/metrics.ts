import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Env } from './context.ts';
import type { HttpDeps } from './deps.ts';
import type { Hub } from './events/hub.ts';

export interface Metrics {
  /** Measures each request by method, route and status. */
  readonly measure: MiddlewareHandler<Env>;
  readonly contentType: string;
  /** The Prometheus text of the moment. */
  text(): Promise<string>;
}

/** Makes the metrics of one server, in a registry of its own. */
export function createMetrics({ jobs, config }: Pick<HttpDeps, 'jobs' | 'config'>, hub: Hub): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'holdfast_' });
  const requests = new Histogram({
    name: 'holdfast_http_request_duration_seconds',
    help: 'How long requests took until the answer began',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers,
  });
  new Gauge({
    name: 'holdfast_event_listeners',
    help: 'Windows that follow the live events',
    registers,
    collect() {
      this.set(hub.listeners);
    },
  });
  new Gauge({
    name: 'holdfast_jobs',
    help: 'Jobs in each state',
    labelNames: ['state'] as const,
    registers,
    async collect() {
      for (const [state, count] of Object.entries(await jobs.counts())) this.set({ state }, count);
    },
  });
  new Gauge({
    name: 'holdfast_info',
    help: 'The version that runs, as a label',
    labelNames: ['version'] as const,
    registers,
  }).set({ version: config.version }, 1);

  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    measure: async (c, next) => {
      const stop = requests.startTimer();
      await next();
      // The pattern, never the path: a label for each id would grow without end.
      const route = c.res.status === 404 ? 'none' : routePath(c);
      stop({
        method: methods.has(c.req.method) ? c.req.method : 'other',
        route,
        status: String(c.res.status),
      });
    },
  };
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS']);
