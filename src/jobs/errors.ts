import { defineErrors } from '../kernel/index.ts';

export const jobsErrors = defineErrors('jobs', {
  notFound: {
    kind: 'notFound',
    message: 'Job "{job}" does not exist',
    hint: 'List the jobs that there are; those that are done are forgotten after a while',
  },
  notEnded: {
    kind: 'conflict',
    message: 'Job "{job}" cannot be tried again: it is {state}',
    hint: 'Only failed and cancelled jobs can be tried again',
  },
  lost: {
    kind: 'unavailable',
    message: 'Job "{job}" was given up: the program that ran it ended {attempts} times before the job did',
    hint: 'Look in the log for what ended the program (out of memory, kill), then try the job again',
  },
  handlerFailed: {
    kind: 'unavailable',
    message: 'Job "{job}" failed: {detail}',
    hint: 'The log of the server has the whole error; try the job again',
  },
  cancelled: { kind: 'cancelled', message: 'Job "{job}" was cancelled' },
  leaseLost: { kind: 'cancelled', message: 'Job "{job}" was taken over by another program' },
  stopped: { kind: 'cancelled', message: 'Job "{job}" was put back in the queue because the program stops' },
});
