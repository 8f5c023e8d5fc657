export { jobsErrors } from './errors.ts';
export { createJobs } from './jobs.ts';
export { jobsMigrations } from './migrations.ts';
export { idsOfJobsIn } from './queue.repo.ts';
export type { RunnerOptions, RunnerPace } from './runner.ts';
export { createRunner } from './runner.ts';
export type * from './types.ts';
