import { createRoute } from '@hono/zod-openapi';
import { type JobState, jobsErrors } from '../../jobs/index.ts';
import { newApp } from '../context.ts';
import type { HttpDeps } from '../deps.ts';
import { httpErrors } from '../errors.ts';
import { job } from '../schema/links.ts';
import { idParam, jobList, jobQuery } from '../schema/requests.ts';
import type { ViewsFor } from '../views-for.ts';
import { json, problems } from './answers.ts';

const list = createRoute({
  method: 'get',
  path: '/api/jobs',
  summary: 'Jobs, newest first, and how many there are in each state',
  request: { query: jobQuery },
  responses: { 200: json(jobList, 'The jobs'), ...problems },
});

const cancel = createRoute({
  method: 'post',
  path: '/api/jobs/{id}/cancel',
  summary: 'End a queued job, or ask a running one to stop',
  request: { params: idParam },
  responses: { 200: json(job, 'The job as it is now'), ...problems },
});

const retry = createRoute({
  method: 'post',
  path: '/api/jobs/{id}/retry',
  summary: 'Put a failed or cancelled job back in the queue',
  request: { params: idParam },
  responses: { 200: json(job, 'The job as it is now'), ...problems },
});

/** The queue, as far as a person sees and steers it. */
export function jobRoutes({ jobs }: Pick<HttpDeps, 'jobs'>, viewsFor: ViewsFor) {
  const get = async (id: string) => {
    const found = await jobs.find(id);
    if (!found) throw jobsErrors.notFound({ job: id });
    return found;
  };
  return newApp()
    .openapi(list, async (c) => {
      const { state, limit } = c.req.valid('query');
      const states = state?.split(',') as JobState[] | undefined;
      const [found, counts] = await Promise.all([
        jobs.list({ ...(states === undefined ? {} : { states }), limit: limit ?? 100 }),
        jobs.counts(),
      ]);
      return c.json({ jobs: found.map(viewsFor(c).job), counts: { ...counts } }, 200);
    })
    .openapi(cancel, async (c) => {
      const { id } = c.req.valid('param');
      const { state } = await get(id);
      if (!(await jobs.cancel(id))) throw httpErrors.jobEnded({ id, state });
      return c.json(viewsFor(c).job(await get(id)), 200);
    })
    .openapi(retry, async (c) => {
      const { id } = c.req.valid('param');
      await get(id);
      return c.json(viewsFor(c).job(await jobs.retry(id)), 200);
    });
}
