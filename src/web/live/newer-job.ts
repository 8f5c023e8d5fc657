import type { Job } from '../api/types.ts';

/** Of two states of a link's job the newer one: by the last change within a job, by birth between jobs. */
export function newerJob(known: Job | undefined, told: Job): Job {
  if (!known) return told;
  if (known.id !== told.id) return told.createdAt >= known.createdAt ? told : known;
  return told.updatedAt >= known.updatedAt ? told : known;
}
