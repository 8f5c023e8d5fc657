import type { Selectable } from 'kysely';
import type { Job, JobState, Lane } from './types.ts';

/** A row of `jobs` as it lies in the database. */
export interface JobRow {
  id: string;
  kind: string;
  lane: Lane;
  lane_rank: number;
  payload: string;
  state: JobState;
  attempts: number;
  max_attempts: number;
  run_at: number;
  unique_key: string | null;
  owner: string | null;
  lease_until: number | null;
  cancel_asked: number;
  progress: string | null;
  fault: string | null;
  created_at: number;
  updated_at: number;
}

/** The tables of this room. */
export interface JobsTables {
  jobs: JobRow;
  job_runners: { id: string; serves_all: number; seen_at: number };
}

/** Lower is served first. */
export const laneRanks: Readonly<Record<Lane, number>> = { person: 0, bulk: 1, after: 2 };

/** A row as a Job. */
export function jobOf(row: Selectable<JobRow>): Job {
  return {
    id: row.id,
    kind: row.kind,
    lane: row.lane,
    payload: JSON.parse(row.payload),
    state: row.state,
    attempts: row.attempts,
    maxAttempts: row.max_attempts,
    runAt: row.run_at,
    progress: row.progress === null ? null : JSON.parse(row.progress),
    fault: row.fault === null ? null : JSON.parse(row.fault),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
