import { errorText, HoldfastError } from '../kernel/index.ts';
import { jobsErrors } from './errors.ts';
import type { JobFault } from './types.ts';

/** An error as it is kept with a job. */
export function faultOf(error: HoldfastError): JobFault {
  return { code: error.code, message: error.message, details: error.details };
}

/** What a handler threw, as one of ours. */
export function ownError(error: unknown, job: string): HoldfastError {
  if (error instanceof HoldfastError) return error;
  return jobsErrors.handlerFailed({ job, detail: errorText(error).slice(0, 2_000) }, { cause: error });
}
