import { createRoute } from '@hono/zod-openapi';
import { newApp } from '../context.ts';
import type { HttpConfig } from '../deps.ts';
import type { Metrics } from '../metrics.ts';
import { health } from '../schema/requests.ts';
import { bytes, json, problems } from './answers.ts';

const healthy = createRoute({
  method: 'get',
  path: '/api/health',
  summary: 'Whether the server answers',
  security: [],
  responses: { 200: json(health, 'It does'), ...problems },
});

const metricsRoute = createRoute({
  method: 'get',
  path: '/metrics',
  summary: 'Measures in the format of Prometheus',
  responses: { 200: bytes('The measures', 'text/plain; version=0.0.4'), ...problems },
});

/** What operators and their tools ask. */
export function systemRoutes(config: HttpConfig, metrics: Metrics) {
  return newApp()
    .openapi(healthy, (c) => c.json({ status: 'ok' as const, version: config.version }, 200))
    .openapi(
      metricsRoute,
      async () => new Response(await metrics.text(), { headers: { 'Content-Type': metrics.contentType } }),
    );
}
