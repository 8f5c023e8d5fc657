import type { IncomingMessage, ServerResponse } from 'node:http';
import { allowedAddress, startOrigin } from '../../egress/testing/servers.ts';
import type { CaptureOutcome } from '../../types.ts';
import type { CaptureLimits } from '../limits.ts';
import { type TestEngine, testEngine } from './engine.ts';
import { assertNothingLeft, leftovers } from './leftovers.ts';

/** What a path answers: HTML, or whatever the function does. */
export type Route = string | ((request: IncomingMessage, response: ServerResponse) => unknown);

export interface CapturedSite {
  readonly engine: TestEngine;
  readonly origin: string;
  /** How often a path was asked for. */
  hits(path: string): number;
  take(path?: string, signal?: AbortSignal): Promise<CaptureOutcome>;
}

/** Sites that are open, since tests may run side by side; what was there before the first of them. */
let active = 0;
let before: readonly string[] = [];

/**
 * Runs `work` against a site of these routes and an engine of its own with small caps; fails where a browser, its
 * profile or a proxy outlives the last engine of those that run at a time.
 */
export async function onSite(
  routes: Readonly<Record<string, Route>>,
  work: (site: CapturedSite) => Promise<void>,
  limits: Partial<CaptureLimits> = {},
): Promise<void> {
  if (active++ === 0) before = leftovers();
  const counts = new Map<string, number>();
  try {
    await using server = await startOrigin((request, response) => {
      const path = request.url ?? '/';
      counts.set(path, (counts.get(path) ?? 0) + 1);
      const route = routes[path];
      if (typeof route === 'function') route(request, response);
      else if (route === undefined) response.writeHead(404).end();
      else response.setHeader('content-type', 'text/html; charset=utf-8').end(route);
    });
    await using engine = testEngine({ timeMs: 20_000, ...limits });
    const origin = `http://${allowedAddress}:${server.port}`;
    const take: CapturedSite['take'] = (path = '/', signal) => engine.take(origin + path, signal);
    await work({ engine, origin, hits: (path) => counts.get(path) ?? 0, take });
  } finally {
    active--;
  }
  if (active > 0) return;
  await assertNothingLeft(before, () => active === 0);
}

/** The codes of what an outcome rests on. */
export function codes(outcome: CaptureOutcome): string[] {
  return outcome.evidence.map(({ code }) => code);
}
