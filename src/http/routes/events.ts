import { createRoute, z } from '@hono/zod-openapi';
import { newApp } from '../context.ts';
import type { HttpDeps } from '../deps.ts';
import type { Hub } from '../events/hub.ts';
import { accessOf } from '../guard/access.ts';
import type { ViewsFor } from '../views-for.ts';
import { bytes, problems } from './answers.ts';

/** A comment line this often keeps proxies from closing a quiet stream, and finds clients that are gone. */
const heartbeatMs = 15_000;

const events = createRoute({
  method: 'get',
  path: '/api/events',
  summary: 'What changes, live (server-sent events)',
  description:
    'event "change": {topic: link, tag or job, ref}. event "job": a job as in /api/jobs, at most 5 a second for each. ' +
    'event "reset": something was missed, ask for everything anew. Last-Event-ID goes on where a stream broke off.',
  request: { headers: z.object({ 'last-event-id': z.string().max(100).optional() }) },
  responses: { 200: bytes('A stream that does not end', 'text/event-stream'), ...problems },
});

/** The live feed. A listener whose login ended is let go at the next heartbeat. */
export function eventRoutes(deps: Pick<HttpDeps, 'auth' | 'config'>, hub: Hub, viewsFor: ViewsFor) {
  return newApp().openapi(events, async (c) => {
    const lastId = c.req.valid('header')['last-event-id'];
    const since = lastId !== undefined && /^\d{1,15}$/.test(lastId) ? Number(lastId) : undefined;
    const mailbox = await hub.join({ since, viewJob: viewsFor(c).job });
    const isAllowed = async () => {
      const access = await accessOf(c, deps.auth, deps.config).catch(() => undefined);
      return access !== undefined && access.by !== 'nothing';
    };
    let heartbeat: NodeJS.Timeout | undefined;
    const end = () => {
      clearInterval(heartbeat);
      hub.leave(mailbox);
    };
    const encoder = new TextEncoder();
    const stream = new ReadableStream<Uint8Array>(
      {
        start(controller) {
          // At once, so that the browser's `open` event and a proxy's buffer do not wait for the first change.
          controller.enqueue(encoder.encode('retry: 1000\n: hello\n\n'));
          heartbeat = setInterval(async () => {
            if (!(await isAllowed())) return end();
            // Nothing is piled up for a client that does not read.
            if ((controller.desiredSize ?? 0) > -2) controller.enqueue(encoder.encode(': beat\n\n'));
          }, heartbeatMs);
          heartbeat.unref();
        },
        async pull(controller) {
          const text = await mailbox.next();
          if (text !== undefined) return controller.enqueue(encoder.encode(text));
          end();
          controller.close();
        },
        cancel: end,
      },
      { highWaterMark: 1 },
    );
    return new Response(stream, {
      headers: {
        'Content-Type': 'text/event-stream',
        'Cache-Control': 'no-store',
        'X-Accel-Buffering': 'no',
      },
    });
  });
}
